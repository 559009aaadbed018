// Package attachment is the desk's pages of scans and photos: what every record shows of the files beside it, the form by which
// one is added, taking it in without holding it in memory, and giving it out with the look recorded first. The files of a case
// are listed by package dossier with the pieces of this one.
//
// It serves duties 7, 8, 10 and 19 (行政执法全过程记录; 个人信息保护法第五十一条、第五十四条). Who may add and open a file the
// policies say. It imports seat, the room attachment, document, blob, access and page, and holds no rule.
package attachment
