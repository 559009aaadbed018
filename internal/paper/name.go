package paper

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// names are the paths given out in one ZIP, in the form in which file systems
// that ignore case compare them.
type names map[string]bool

// in is the path of a file: its name made safe, with (2), (3) … where the folder
// has it already.
func (n names) in(folder, name string) string {
	safe := safeName(name)
	ext := path.Ext(safe)
	for i := 1; ; i++ {
		tried := safe
		if i > 1 {
			tried = fmt.Sprintf("%s(%d)%s", strings.TrimSuffix(safe, ext), i, ext)
		}
		full := path.Join(folder, tried)
		if key := strings.ToLower(norm.NFC.String(full)); !n[key] {
			n[key] = true
			return full
		}
	}
}

// safeName makes a typed or uploaded name one that every system can unpack, in
// the folder it is meant for: no path, no control or direction characters, none
// of the names and marks that Windows refuses, at most 180 bytes.
func safeName(name string) string {
	name = strings.ToValidUTF8(name, "_")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.C, r) || r == '\u2028' || r == '\u2029':
			return -1
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		}
		return r
	}, name)
	name = shortened(strings.Trim(name, ". \u00a0\u3000"), 180)
	base, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch {
	case name == "":
		return "未命名"
	case base == "CON" || base == "PRN" || base == "AUX" || base == "NUL",
		len(base) == 4 && (base[:3] == "COM" || base[:3] == "LPT") && base[3] >= '0' && base[3] <= '9':
		return "_" + name
	}
	return name
}

// shortened keeps the extension and as much of the name as fits, in whole characters.
func shortened(name string, most int) string {
	if len(name) <= most {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > 16 {
		ext = ""
	}
	stem := name[:most-len(ext)]
	for !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return strings.TrimRight(stem, ". ") + ext
}
