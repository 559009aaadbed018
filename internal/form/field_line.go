package form

import "strings"

// lineField is one line of text.
func lineField() fieldType {
	return fieldType{
		control: "input",
		parse: func(f Field, typed string) (any, string) {
			text := strings.TrimSpace(typed)
			if strings.ContainsAny(text, "\r\n") {
				return nil, f.Label + "只能写一行"
			}
			if message := tooLong(f, text); message != "" {
				return nil, message
			}
			return text, ""
		},
		show: plain,
		say:  func(f Field, value any, _ string) string { return strings.TrimSpace(plain(f, value)) },
	}
}

// textField is text of several paragraphs. Trailing space is kept while typing
// and dropped only in print, so autosave never moves the cursor's text.
func textField() fieldType {
	return fieldType{
		control: "area",
		parse: func(f Field, typed string) (any, string) {
			text := strings.ReplaceAll(typed, "\r\n", "\n")
			if message := tooLong(f, text); message != "" {
				return nil, message
			}
			return text, ""
		},
		show: plain,
		say:  func(f Field, value any, _ string) string { return strings.TrimSpace(plain(f, value)) },
	}
}
