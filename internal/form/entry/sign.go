package entry

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tidy takes out of a typed text what nobody sees and nobody means: marks of width and direction that come along when a
// text is copied from elsewhere. The line and page breaks of a word processor become plain ones.
func Tidy(text string) string {
	if !strings.ContainsFunc(text, unseen) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\v' || r == '\f' || r == '\u2028' || r == '\u2029':
			b.WriteByte('\n')
		case !unseen(r):
			b.WriteString(text[i : i+n]) // byte for byte, so that broken text stays broken and is refused
		}
		i += n
	}
	return b.String()
}

func unseen(r rune) bool {
	switch r {
	case '\v', '\f', '\u00ad', '\u061c', '\ufeff', '\u2028', '\u2029':
		return true
	}
	return r >= '\u200b' && r <= '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2060' && r <= '\u206f'
}

// Unprintable tells whether a text holds signs that no paper can show: control characters, or bytes that are no UTF-8. The
// print and the dossier would fail on them long after the text was written.
func Unprintable(text string) bool {
	return !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' || r == '\ufffe' || r == '\uffff'
	})
}

// UnprintableMessage refuses such a text by the label of its field.
func UnprintableMessage(label string) string {
	return label + "含有不能使用的字符（控制字符或者无法识别的编码），请删去后重新填写"
}
