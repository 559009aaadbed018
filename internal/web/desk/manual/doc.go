// Package manual is the desk's pages of 帮助: one page a room that says in plain Chinese what the law behind it wants, with
// the provisions cited, and how the room does it.
//
// It serves duties 14, 17 and 32 (制作指引、执法用语、培训). The texts are Markdown files beside the code; they are rendered by
// goldmark when the program starts, without raw HTML. It imports seat, flow and page.
package manual
