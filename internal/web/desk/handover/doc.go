// Package handover is the desk's pages for somebody who leaves: who handles how many open cases, and one page on which all
// cases of one person go to others at once.
//
// It serves duties 8, 19 and 30 (行政处罚法第四十二条、第五十八条). A handler decodes, asks package handover and redirects; what
// could not go is shown with the article. It imports seat, handover, access and db, and holds no rule.
package handover
