package paper

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unicode"

	"github.com/signintech/gopdf"
)

// Faces names the font files of each part of a paper, the preferred first. A
// character is set in the first font that has it. Title and Heading fall back to
// Body; an empty Body takes the fonts of DefaultFaces.
type Faces struct {
	Body    []string // 仿宋
	Title   []string // 小标宋: title and issuer
	Heading []string // 黑体: headings and label cells
}

// DefaultFaces are the fonts taken where the agency names none: those of the
// list that are installed here.
func DefaultFaces() Faces {
	const wenkai, dejavu = "/usr/share/fonts/truetype/lxgw-wenkai/", "/usr/share/fonts/truetype/dejavu/"
	bold := installed(wenkai + "LXGWWenKai-Bold.ttf")
	return Faces{Body: installed(wenkai+"LXGWWenKai-Regular.ttf", dejavu+"DejaVuSans.ttf"), Title: bold, Heading: bold}
}

func installed(paths ...string) []string {
	var found []string
	for _, path := range paths {
		if _, err := os.Stat(path); err == nil {
			found = append(found, path)
		}
	}
	return found
}

// ErrNoFont says that there is no font to set a paper in.
var ErrNoFont = errors.New("paper: no font file: install fonts-lxgw-wenkai or name TrueType files of your own")

// MissingGlyph says that no font has a character, so that the paper could not
// say what it must. Near is the text around it.
type MissingGlyph struct {
	Char  rune
	Near  string
	Fonts []string
}

func (m MissingGlyph) Error() string {
	return fmt.Sprintf("paper: no glyph for %q (U+%04X) near %q in %s", m.Char, m.Char, m.Near, strings.Join(m.Fonts, ", "))
}

// Said is what the person who wanted the paper reads.
func (m MissingGlyph) Said() string {
	char := "“" + string(m.Char) + "”"
	if !unicode.IsPrint(m.Char) {
		char = "不可见字符"
	}
	return fmt.Sprintf("无法打印%s（U+%04X）：现有字体没有这个字。位置：“%s”。请管理员在字体设置中增加含有该字的字体，或者删去多余的不可见字符。", char, m.Char, m.Near)
}

// FontSet holds parsed fonts. It is safe for concurrent use and meant to be
// loaded once, since a Chinese font has some 16 MB.
type FontSet struct {
	body, title, heading chain

	mu     sync.Mutex
	store  gopdf.FontContainer
	levels map[string]bool // families in store
}

// chain is the fonts of one part of a paper, the preferred first.
type chain []*face

// face is one font file.
type face struct {
	id     int // place in the set, so that two files of one name stay apart
	path   string
	data   []byte
	parsed gopdf.SubsetFontObj

	mu     sync.Mutex
	glyphs map[rune]glyph
}

// glyph is a glyph's number in its font and its advance in 1/1000 em; number 0 is no glyph.
type glyph struct{ number, advance uint }

// Fonts loads fonts for every part of a paper from TrueType files, the preferred
// first; without paths it takes DefaultFaces.
func Fonts(paths ...string) (*FontSet, error) { return FontsFor(Faces{Body: paths}) }

// FontsFor loads fonts from the named TrueType files. A file that is missing or
// of another format is an error, not a silent change of typeface.
func FontsFor(faces Faces) (*FontSet, error) {
	if len(faces.Body) == 0 {
		fallback := DefaultFaces()
		faces.Body = fallback.Body
		if len(faces.Title)+len(faces.Heading) == 0 {
			faces = fallback
		}
	}
	if len(faces.Body) == 0 {
		return nil, ErrNoFont
	}
	set := &FontSet{levels: map[string]bool{}}
	known := map[string]*face{}
	for _, part := range []struct {
		fonts *chain
		paths []string
	}{{&set.body, faces.Body}, {&set.title, faces.Title}, {&set.heading, faces.Heading}} {
		for _, path := range part.paths {
			if known[path] == nil {
				loaded, err := loadFace(path)
				if err != nil {
					return nil, err
				}
				loaded.id = len(known)
				known[path] = loaded
			}
			*part.fonts = append(*part.fonts, known[path])
		}
	}
	set.title = append(set.title, set.body...)
	set.heading = append(set.heading, set.body...)
	return set, nil
}

func loadFace(path string) (*face, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("paper: read font: %w", err)
	}
	if bytes.HasPrefix(data, []byte("ttcf")) || bytes.HasPrefix(data, []byte("OTTO")) {
		return nil, fmt.Errorf("paper: font %s: a collection (.ttc) or PostScript outlines (.otf) cannot be embedded; name a TrueType file (.ttf)", path)
	}
	f := &face{path: path, data: data, glyphs: map[rune]glyph{}}
	f.parsed.SetTtfFontOption(gopdf.TtfOption{})
	if err := f.parsed.SetTTFData(data); err != nil {
		return nil, fmt.Errorf("paper: font %s: %w", path, err)
	}
	return f, nil
}

// glyph finds the glyph of a character; number 0 where the font has none.
func (f *face) glyph(r rune) glyph {
	f.mu.Lock()
	defer f.mu.Unlock()
	found, known := f.glyphs[r]
	if !known {
		found = f.lookup(r)
		f.glyphs[r] = found
	}
	return found
}

// lookup also refuses the blank glyphs that some fonts keep for characters they
// do not draw: on paper these would be a hole in a name.
func (f *face) lookup(r rune) glyph {
	number, err := f.parsed.CharCodeToGlyphIndex(r)
	parser := f.parsed.GetTTFParser()
	if err != nil || number == 0 || number+1 >= uint(len(parser.LocaTable)) {
		return glyph{}
	}
	if !unicode.IsSpace(r) && parser.LocaTable[number] == parser.LocaTable[number+1] {
		return glyph{}
	}
	return glyph{number: number, advance: f.parsed.GlyphIndexToPdfWidth(number)}
}

// name is the font's name within the PDF. Level 0 is the font itself; a further
// level is the same font once more, see ink.family.
func (f *face) name(level int) string {
	base := strings.TrimSuffix(filepath.Base(f.path), filepath.Ext(f.path))
	plain := strings.Map(func(r rune) rune {
		if r == '-' || r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return '-'
	}, base)
	return fmt.Sprintf("%s-%d-%d", plain, f.id, level)
}

// lend puts a font, at a level, into a PDF that is being made.
func (s *FontSet) lend(pdf *gopdf.GoPdf, f *face, level int) error {
	key := fmt.Sprintf("%s#%d", f.path, level)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.levels[key] {
		if err := s.store.AddTTFFontData(f.name(level), f.data); err != nil {
			return fmt.Errorf("paper: font %s: %w", f.path, err)
		}
		s.levels[key] = true
	}
	if err := pdf.AddTTFFontFromFontContainer(f.name(level), &s.store); err != nil {
		return fmt.Errorf("paper: font %s: %w", f.path, err)
	}
	return nil
}

// find is the first font of the chain that has the character.
func (c chain) find(r rune) (*face, glyph) {
	for _, f := range c {
		if g := f.glyph(r); g.number != 0 {
			return f, g
		}
	}
	return nil, glyph{}
}

func (c chain) paths() []string {
	var out []string
	for _, f := range c {
		out = append(out, f.path)
	}
	return out
}
