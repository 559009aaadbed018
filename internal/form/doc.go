// Package form holds the kinds of legal document (文书) as versioned data and
// turns one description of a kind into everything the program does with it:
// reading a web form, checking it, naming the elements the law asks for that
// are still missing, the canonical body that a legal review covers, the page
// to fill in, the print as the agency files it, and the copy for the public.
//
// It serves duties 8 (documents are issued and rights told), 14 (drafting
// guidance) and 15 (format standard) of the division table, and carries the
// required elements of 行政处罚法 articles 44, 52, 59, 64 and 65, 行政强制法
// articles 35, 54 and 55, 行政复议法 articles 20, 22 and 23.
//
// A kind is one JSON file in three separate parts: fields with their checks,
// the layout of the page, and the presentation (print blocks, public copy).
// No Go code here names a concrete kind: a new document is a new file, only a
// new type of field is a new Go file. A stored document names code@version and
// keeps its kind for ever, so a published version is never edited: a change is
// a new file with a new version.
//
// Package entry below it holds the types of field, package paper the set document.
// All three are kernel: they import the standard library, golang.org/x/text and
// internal/zh, read no clock and do no input or output beyond the fs.FS given to
// Load.
package form
