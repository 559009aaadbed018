package entry

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Values are what was filled into a document, by field name. The shapes are
// those of JSON with integers: string, bool, int64, []any and map[string]any.
// Money is int64 in 分, a day is YYYY-MM-DD, a time YYYY-MM-DDTHH:MM in
// Asia/Shanghai. A typed text that could not be understood stays as the string
// that was typed and is reported by Check, so nothing typed is ever lost.
type Values map[string]any

// ParseValues reads stored values. It refuses fractions, because every number
// of a document is an integer or a text.
func ParseValues(data []byte) (Values, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var raw map[string]any
	if err := decoder.Decode(&raw); err != nil {
		return nil, fmt.Errorf("entry: parse values: %w", err)
	}
	if decoder.More() {
		return nil, fmt.Errorf("entry: parse values: text after the object")
	}
	values := Values{}
	for name, value := range raw {
		clean, err := Normal(value)
		if err != nil {
			return nil, fmt.Errorf("entry: parse values: %s: %w", name, err)
		}
		if clean != nil {
			values[name] = clean
		}
	}
	return values, nil
}

// JSON is the canonical encoding of the values: sorted keys, NFC, integers,
// no insignificant space, and nothing for what is empty.
func (v Values) JSON() []byte {
	return Canonical(map[string]any(v))
}

// Canonical encodes any value the way Values.JSON does; {} where it says nothing.
func Canonical(value any) []byte {
	var out bytes.Buffer
	writeCanonical(&out, Prune(value))
	return out.Bytes()
}

// Text is the string at a path such as party.name or officers.0.name; "" where absent.
func (v Values) Text(path string) string {
	text, _ := v.At(path).(string)
	return text
}

// Fen is the money at a path, in 分; 0 where absent or not understood.
func (v Values) Fen(path string) int64 {
	fen, _ := v.At(path).(int64)
	return fen
}

// Rows is the list at a path as rows; nil where absent.
func (v Values) Rows(path string) []map[string]any {
	list, _ := v.At(path).([]any)
	rows := make([]map[string]any, 0, len(list))
	for _, item := range list {
		if row, ok := item.(map[string]any); ok {
			rows = append(rows, row)
		}
	}
	return rows
}

// At is the value at a dotted path, nil where absent.
func (v Values) At(path string) any { return Dig(map[string]any(v), path) }

// dig walks maps by key and lists by position.
func Dig(root any, path string) any {
	current := root
	for _, part := range strings.Split(path, ".") {
		switch node := current.(type) {
		case map[string]any:
			current = node[part]
		case Values:
			current = node[part]
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(node) {
				return nil
			}
			current = node[i]
		default:
			return nil
		}
	}
	return current
}

// normal brings a Go value into one of the shapes Values admits.
func Normal(value any) (any, error) {
	switch v := value.(type) {
	case nil, string, bool, int64:
		return v, nil
	case int:
		return int64(v), nil
	case int32:
		return int64(v), nil
	case float64:
		if v != math.Trunc(v) || math.Abs(v) > 1<<53 {
			return nil, fmt.Errorf("number %v is not an integer", v)
		}
		return int64(v), nil
	case json.Number:
		n, err := v.Int64()
		if err != nil {
			return nil, fmt.Errorf("number %s is not an integer", v)
		}
		return n, nil
	case []string:
		list := make([]any, len(v))
		for i, text := range v {
			list[i] = text
		}
		return list, nil
	case []map[string]any:
		list := make([]any, len(v))
		for i, row := range v {
			list[i] = row
		}
		return Normal(list)
	case []any:
		return normalList(v)
	case Values:
		return normalMap(v)
	case map[string]any:
		return normalMap(v)
	case map[string]string:
		row := make(map[string]any, len(v))
		for key, text := range v {
			row[key] = text
		}
		return row, nil
	case fmt.Stringer:
		return v.String(), nil
	}
	return nil, fmt.Errorf("a %T is no document value", value)
}

func normalList(list []any) (any, error) {
	out := make([]any, 0, len(list))
	for _, item := range list {
		clean, err := Normal(item)
		if err != nil {
			return nil, err
		}
		out = append(out, clean)
	}
	return out, nil
}

func normalMap(row map[string]any) (any, error) {
	out := make(map[string]any, len(row))
	for key, item := range row {
		clean, err := Normal(item)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		if clean != nil {
			out[key] = clean
		}
	}
	return out, nil
}

// prune removes what says nothing: empty texts, unticked boxes, empty lists and
// rows. An untouched field and an emptied one thus have the same canonical body.
func Prune(value any) any {
	clean, err := Normal(value)
	if err != nil {
		// A shape that normal refuses cannot come from Decode, Prefill or
		// ParseValues; it is kept readable so that it still changes the hash.
		return fmt.Sprint(value)
	}
	switch v := clean.(type) {
	case string:
		text := norm.NFC.String(strings.ReplaceAll(v, "\r\n", "\n"))
		if strings.TrimSpace(text) == "" {
			return nil
		}
		return text
	case bool:
		if !v {
			return nil
		}
		return v
	case []any:
		var list []any
		for _, item := range v {
			if kept := Prune(item); kept != nil {
				list = append(list, kept)
			}
		}
		if len(list) == 0 {
			return nil
		}
		return list
	case map[string]any:
		row := map[string]any{}
		for key, item := range v {
			if kept := Prune(item); kept != nil {
				row[norm.NFC.String(key)] = kept
			}
		}
		if len(row) == 0 {
			return nil
		}
		return row
	}
	return clean
}

// writeCanonical encodes a pruned value with sorted keys.
func writeCanonical(out *bytes.Buffer, value any) {
	switch v := value.(type) {
	case nil:
		out.WriteString("{}")
	case string:
		writeText(out, v)
	case bool:
		out.WriteString(strconv.FormatBool(v))
	case int64:
		out.WriteString(strconv.FormatInt(v, 10))
	case []any:
		out.WriteByte('[')
		for i, item := range v {
			if i > 0 {
				out.WriteByte(',')
			}
			writeCanonical(out, item)
		}
		out.WriteByte(']')
	case map[string]any:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		out.WriteByte('{')
		for i, key := range keys {
			if i > 0 {
				out.WriteByte(',')
			}
			writeText(out, key)
			out.WriteByte(':')
			writeCanonical(out, v[key])
		}
		out.WriteByte('}')
	}
}

// writeText encodes a string as JSON without the HTML escaping of the standard
// encoder, so that another program computes the same bytes (RFC 8785, but the
// separators U+2028 and U+2029 are written as escapes).
func writeText(out *bytes.Buffer, text string) {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	// Encoding a string to memory cannot fail.
	_ = encoder.Encode(text)
	out.Truncate(out.Len() - 1) // the newline Encode adds
}
