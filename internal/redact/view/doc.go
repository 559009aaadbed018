// Package view shows a Chinese text the way the passes of package redact look at it: normalised rune by rune, without
// blanks and invisible characters, with a way back from every rune to the bytes of the source, and with its figures read
// in all the ways in which people and scanners write them.
//
// It serves duties 2 and 10 (行政处罚法第五十条, 个人信息保护法): a number split by a line break or written in 汉字 is the same
// number. It imports the standard library and golang.org/x/text only.
package view
