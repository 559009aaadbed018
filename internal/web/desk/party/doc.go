// Package party is the desk's pages of the parties of a case: the list with where each of them stands and what each owes, the
// list that takes more of them in, one party with who and where it is masked until somebody asks and says what for, and the
// correction of what was taken down wrong.
//
// It serves duties 8, 13 and 15 (行政处罚法第五章; 个人信息保护法第四十六条、第五十一条). It imports seat, dossier, casefile,
// party, flow, form and access, and holds no rule.
package party
