// Package paper sets documents on A4 as PDF, and binds the documents of a case
// into a dossier (案卷). It serves duties 8 (the party is handed the document),
// 15 (format standard) and 18 (archives) of the division table: 行政处罚法第四十七条
// wants the whole course of a case recorded in writing and filed, 第五十九条第二款
// wants the decision on paper under the agency's seal.
//
// The text comes from form.Render, the one source of HTML print, public copy and
// PDF, so that they cannot say different things. The page follows GB/T 9704-2012:
// margins of 37, 28, 26 and 35 mm, 22 lines of 28 characters of size 3号.
//
// A paper either says every character of its source or is not made: a character
// for which no font has a glyph is an error that names it, and the text layer
// gives back the very characters, rare ones of names included. gopdf by itself
// does neither, see font.go and mend.go.
//
// Fonts are files of the machine, named at run time, never part of the program:
// an agency names its own 仿宋, 小标宋 and 黑体; without any the LXGW WenKai of
// Debian's fonts-lxgw-wenkai is taken.
//
// It may import form and below, gopdf and uniseg. It reads no clock; the same
// document gives the same bytes.
package paper
