package entry

import "strings"

// lineField is one line of text.
func lineField() Type {
	return Type{
		Control: "input",
		Parse: func(f Field, typed string) (any, string) {
			text := strings.TrimSpace(strings.ReplaceAll(typed, "\t", " "))
			if strings.ContainsAny(text, "\r\n") {
				return nil, f.Label + "只能写一行"
			}
			if message := tooLong(f, text); message != "" {
				return nil, message
			}
			return text, ""
		},
		Show: Plain,
		Say:  func(f Field, value any, _ string) string { return strings.TrimSpace(Plain(f, value)) },
	}
}

// textField is text of several paragraphs. Trailing space is kept while typing
// and dropped only in print, so autosave never moves the cursor's text.
func textField() Type {
	return Type{
		Control: "area",
		Parse: func(f Field, typed string) (any, string) {
			text := strings.ReplaceAll(typed, "\r\n", "\n")
			if message := tooLong(f, text); message != "" {
				return nil, message
			}
			return text, ""
		},
		Show: Plain,
		Say:  func(f Field, value any, _ string) string { return strings.TrimSpace(Plain(f, value)) },
	}
}
