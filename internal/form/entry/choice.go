package entry

import (
	"slices"
	"strings"
)

// choiceField is one of the options; its value is the legal term itself.
func choiceField() Type {
	return Type{
		Control: "select",
		Filters: []string{"boxes"},
		Parse: func(f Field, typed string) (any, string) {
			text := strings.TrimSpace(typed)
			if text != "" && !slices.Contains(f.Options, text) {
				return nil, f.Label + "须从所列选项中选择"
			}
			return text, ""
		},
		Show: Plain,
		Say: func(f Field, value any, filter string) string {
			if filter == "boxes" {
				return boxes(f.Options, Plain(f, value))
			}
			return Plain(f, value)
		},
	}
}

// choicesField is any number of the options.
func choicesField() Type {
	return Type{
		Shape:   Many,
		Control: "boxes",
		Filters: []string{"boxes", "lines", "specific"},
		Say: func(f Field, value any, filter string) string {
			chosen := Texts(value)
			switch filter {
			case "boxes":
				return boxes(f.Options, chosen...)
			case "lines":
				return strings.Join(chosen, "\n")
			case "specific": // the last option is the catch-all, which the text beside it says in its own words
				chosen = slices.DeleteFunc(chosen, func(c string) bool { return len(f.Options) > 0 && c == f.Options[len(f.Options)-1] })
			}
			return strings.Join(chosen, "、")
		},
	}
}

// boolField is a tick. An unticked box and an untouched one are the same value.
func boolField() Type {
	return Type{
		Control: "tick",
		Filters: []string{"boxes"},
		Parse: func(f Field, typed string) (any, string) {
			switch strings.TrimSpace(typed) {
			case "", "否", "false", "off", "0":
				return false, ""
			case "是", "true", "on", "1":
				return true, ""
			}
			return nil, f.Label + "只能选是或者否"
		},
		Show: Plain,
		Say: func(f Field, value any, filter string) string {
			if filter == "boxes" {
				return boxes([]string{"是", "否"}, Plain(f, value))
			}
			return Plain(f, value)
		},
	}
}

// boxes prints every option with a ticked or an empty box, as approval tables do.
func boxes(options []string, chosen ...string) string {
	marked := make([]string, len(options))
	for i, option := range options {
		mark := "☐"
		if slices.Contains(chosen, option) {
			mark = "☑"
		}
		marked[i] = mark + option
	}
	return strings.Join(marked, "　")
}

// texts are the strings of a list value.
func Texts(value any) []string {
	var out []string
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			if text, ok := item.(string); ok {
				out = append(out, text)
			}
		}
	case string:
		out = append(out, v)
	}
	return out
}
