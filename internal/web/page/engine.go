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
	"sync"
)

// Table names the pages of a face and the fragments that each is put together from: files without ".tmpl", looked up
// in the face's own files first and then among the shared ones. The first fragment is the layout, the last the page.
type Table map[string][]string

//go:embed fragment/*.tmpl
var shared embed.FS

// Engine holds the pages of one face. A page is parsed when it is asked for first: the program has hundreds, and a start
// that parsed them all would take longer than everything else of it. It is safe for concurrent use.
type Engine struct {
	pages map[string]func() (*template.Template, error)
	names []string
}

// pieces are the fragments that every page may call, parsed once.
var pieces = sync.OnceValues(func() (*template.Template, error) {
	return template.New("shared").Funcs(funcs()).ParseFS(shared, "fragment/piece_*.tmpl")
})

// New takes the pages of the table. It refuses a fragment that is missing and a file that no page uses: either is a slip
// of the pen that would otherwise be found by a visitor. What is wrong inside a fragment is found by Check.
func New(files fs.FS, table Table) (*Engine, error) {
	e := &Engine{pages: make(map[string]func() (*template.Template, error), len(table))}
	used := map[string]bool{}
	for name, fragments := range table {
		for _, fragment := range fragments {
			used[fragment] = true
			if _, err := text(files, fragment); err != nil {
				return nil, fmt.Errorf("page: %s: %w", name, err)
			}
		}
		e.pages[name] = sync.OnceValues(func() (*template.Template, error) { return assemble(files, name, fragments) })
		e.names = append(e.names, name)
	}
	sort.Strings(e.names)
	return e, unused(files, used)
}

// Check parses every page. The tests of each face call it, since the pages are part of the program.
func (e *Engine) Check() error {
	for _, name := range e.names {
		if _, err := e.pages[name](); err != nil {
			return err
		}
	}
	return nil
}

// assemble parses one page from its fragments.
func assemble(files fs.FS, name string, fragments []string) (*template.Template, error) {
	base, err := pieces()
	if err != nil {
		return nil, fmt.Errorf("page: parse the pieces: %w", err)
	}
	set, err := base.Clone()
	if err != nil {
		return nil, fmt.Errorf("page: %s: %w", name, err)
	}
	for _, fragment := range fragments {
		if err := parse(set, files, fragment); err != nil {
			return nil, fmt.Errorf("page: %s: %w", name, err)
		}
	}
	if set.Lookup("layout") == nil {
		return nil, fmt.Errorf("page: %s: none of its fragments defines \"layout\"", name)
	}
	return set, nil
}

// text reads a fragment of the face's own, or a shared one.
func text(files fs.FS, fragment string) (string, error) {
	raw, err := fs.ReadFile(files, fragment+".tmpl")
	if err != nil {
		raw, err = shared.ReadFile("fragment/" + fragment + ".tmpl")
	}
	if err != nil {
		return "", fmt.Errorf("fragment %q: %w", fragment, err)
	}
	return string(raw), nil
}

func parse(set *template.Template, files fs.FS, fragment string) error {
	body, err := text(files, fragment)
	if err != nil {
		return err
	}
	if _, err := set.New(fragment).Parse(body); err != nil {
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
	parsed, ok := e.pages[name]
	if !ok {
		return nil, fmt.Errorf("page: there is no page %q", name)
	}
	set, err := parsed()
	if err != nil {
		return nil, err
	}
	out, _ := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(out)
	out.Reset()
	if err := set.ExecuteTemplate(out, "layout", data); err != nil {
		return nil, fmt.Errorf("page: execute %s: %w", name, err)
	}
	return bytes.Clone(out.Bytes()), nil
}

// buffers are used again: a page that is kept should hold no room beyond its end.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
