// Package office is the desk's pages of 管理: accounts with their one-time codes and roles, acting for a colleague (AB角), the
// reset of a lost second factor by two people, the roster of units, officers, certificates, reviewers and counsel, the pack
// in force with its hash and differences, the parameters with their sources, the document numbers of a year, and the hand-over
// of a case to another handler.
//
// It serves duties 3, 5, 7, 14, 20 to 23 and the administration of every other. It imports seat, dossier, access,
// roster, catalog, casefile, document, law, pack and page, and holds no rule.
package office
