// Package setting keeps what an agency sets itself at its desk: its own values of parameters, within what the law leaves to it,
// and the texts by which people reach it. A value of a parameter names the document it rests on and the day from which it
// holds, and counts once a second person has confirmed it; it may be stricter than the statute and what stands above the
// agency, never looser (行政处罚法第三十四条、第五十一条、第六十三条). A text counts at once.
//
// It serves duties 9 and 23 and all that state a number (行政处罚法第三十九条、第四十四条). It imports law, workday, db, ledger, access and refusal.
package setting
