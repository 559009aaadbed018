package page

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"
)

// Table names the pages of a face and the fragments that each is put together from: files without ".tmpl", looked up
// in the face's own files first and then among the shared ones. The first fragment is the layout, the last the page.
type Table map[string][]string

//go:embed fragment/*.tmpl
var shared embed.FS

// Engine holds the parsed pages of one face. It is safe for concurrent use.
type Engine struct {
	pages map[string]*template.Template
	names []string
}

// New parses every page of the table. It refuses a fragment that is missing and a file that no page uses: either is a
// slip of the pen that would otherwise be found by a visitor.
func New(files fs.FS, table Table) (*Engine, error) {
	base, err := template.New("shared").Funcs(funcs()).ParseFS(shared, "fragment/piece_*.tmpl")
	if err != nil {
		return nil, fmt.Errorf("page: parse the pieces: %w", err)
	}
	e := &Engine{pages: make(map[string]*template.Template)}
	used := map[string]bool{}
	for name, fragments := range table {
		set, err := base.Clone()
		if err != nil {
			return nil, fmt.Errorf("page: %s: %w", name, err)
		}
		for _, fragment := range fragments {
			used[fragment] = true
			if err := parse(set, files, fragment); err != nil {
				return nil, fmt.Errorf("page: %s: %w", name, err)
			}
		}
		if set.Lookup("layout") == nil {
			return nil, fmt.Errorf("page: %s: none of its fragments defines \"layout\"", name)
		}
		e.pages[name] = set
		e.names = append(e.names, name)
	}
	sort.Strings(e.names)
	return e, unused(files, used)
}

func parse(set *template.Template, files fs.FS, fragment string) error {
	text, err := fs.ReadFile(files, fragment+".tmpl")
	if err != nil {
		text, err = shared.ReadFile("fragment/" + fragment + ".tmpl")
	}
	if err != nil {
		return fmt.Errorf("fragment %q: %w", fragment, err)
	}
	if _, err := set.New(fragment).Parse(string(text)); err != nil {
		return fmt.Errorf("fragment %q: %w", fragment, err)
	}
	return nil
}

func unused(files fs.FS, used map[string]bool) error {
	return fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("page: list the fragments: %w", err)
		}
		fragment := strings.TrimSuffix(path.Clean(name), ".tmpl")
		if !entry.IsDir() && fragment != name && !used[fragment] {
			return fmt.Errorf("page: fragment %q belongs to no page", fragment)
		}
		return nil
	})
}

// Has tells whether there is a page of that name.
func (e *Engine) Has(name string) bool { return slices.Contains(e.names, name) }

// Names lists the pages, for the test that executes them all.
func (e *Engine) Names() []string { return slices.Clone(e.names) }

// Execute makes a whole page or an error, never a part.
func (e *Engine) Execute(name string, data any) ([]byte, error) {
	set, ok := e.pages[name]
	if !ok {
		return nil, fmt.Errorf("page: there is no page %q", name)
	}
	var out bytes.Buffer
	out.Grow(16 << 10)
	if err := set.ExecuteTemplate(&out, "layout", data); err != nil {
		return nil, fmt.Errorf("page: execute %s: %w", name, err)
	}
	return out.Bytes(), nil
}
