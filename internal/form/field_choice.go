package form

import (
	"slices"
	"strings"
)

// choiceField is one of the options; its value is the legal term itself.
func choiceField() fieldType {
	return fieldType{
		control: "select",
		filters: []string{"boxes"},
		parse: func(f Field, typed string) (any, string) {
			text := strings.TrimSpace(typed)
			if text != "" && !slices.Contains(f.Options, text) {
				return nil, f.Label + "须从所列选项中选择"
			}
			return text, ""
		},
		show: plain,
		say: func(f Field, value any, filter string) string {
			if filter == "boxes" {
				return boxes(f.Options, plain(f, value))
			}
			return plain(f, value)
		},
	}
}

// choicesField is any number of the options.
func choicesField() fieldType {
	return fieldType{
		shape:   many,
		control: "boxes",
		filters: []string{"boxes", "lines"},
		say: func(f Field, value any, filter string) string {
			chosen := texts(value)
			switch filter {
			case "boxes":
				return boxes(f.Options, chosen...)
			case "lines":
				return strings.Join(chosen, "\n")
			}
			return strings.Join(chosen, "、")
		},
	}
}

// boolField is a tick. An unticked box and an untouched one are the same value.
func boolField() fieldType {
	return fieldType{
		control: "tick",
		filters: []string{"boxes"},
		parse: func(f Field, typed string) (any, string) {
			switch strings.TrimSpace(typed) {
			case "", "否", "false", "off", "0":
				return false, ""
			case "是", "true", "on", "1":
				return true, ""
			}
			return nil, f.Label + "只能选是或者否"
		},
		show: plain,
		say: func(f Field, value any, filter string) string {
			if filter == "boxes" {
				return boxes([]string{"是", "否"}, plain(f, value))
			}
			return plain(f, value)
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
func texts(value any) []string {
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
