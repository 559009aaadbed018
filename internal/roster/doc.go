// Package roster keeps who enforces: agencies and their units, officers and their certificates, reviewers and counsel.
//
// It serves duties 5, 7, 9 and 20 to 22 (行政处罚法第四十二条、第五十八条第二款). It imports db, ledger, access, refusal,
// workday and zh.
package roster
