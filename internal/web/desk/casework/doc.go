// Package casework is the desk's pages of a case: the list, the lead, the page on which a case is seen whole, the papers of
// each step with their drafts, 送签 and 签批, documents on paper and as PDF, parties, files, the dossier and the proof of an
// event.
//
// It serves duties 8, 13, 14, 15 and 18 (行政处罚法第四十七条、第五章). A handler decodes, asks one command of casefile or
// review and redirects; what is refused is shown with every finding and its article on the page that was sent, with all that
// was typed. It imports seat, casefile, document, deadline, party, form, paper, blob, ledger and access, and holds no rule.
package casework
