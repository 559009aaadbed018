// Package publication is the desk's pages of 公示: what is due, the page on which the public text is made and personal data
// is taken out of it, the page on which a second person checks exactly that text, publishing, correcting, taking down and
// withholding.
//
// It serves duty 2, 10 and 11 (行政处罚法第四十八条、第五十条, 政府信息公开条例第十七条). The rules are those of package disclosure;
// this package shows and asks. It imports seat, disclosure, redact, access and page.
package publication
