package seat

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"mingjing/internal/web/page"
)

//go:embed part/*.tmpl
var parts embed.FS

// layered are a room's own templates with those that all rooms of the desk share under them. Listing shows the room's own
// only, so that the engine can tell which of them no page uses.
type layered struct{ own, shared fs.FS }

// Open opens a file of the room, or else a shared one.
func (l layered) Open(name string) (fs.File, error) {
	f, err := l.own.Open(name)
	if err == nil || name == "." {
		return f, err
	}
	return l.shared.Open(name)
}

// Engine parses the pages of a room. folder is where its templates lie in files; a page without a template of its own,
// such as "list" and "form", is one of those that all rooms share. A name may be followed by the fragments of the room
// that the page is put together from, as in "check act".
func Engine(files fs.FS, folder string, names ...string) (*page.Engine, error) {
	own, err := fs.Sub(files, folder)
	if err != nil {
		return nil, fmt.Errorf("seat: templates: %w", err)
	}
	shared, err := fs.Sub(parts, "part")
	if err != nil {
		return nil, fmt.Errorf("seat: templates: %w", err)
	}
	table := page.Table{}
	for _, name := range names {
		words := strings.Fields(name)
		table[words[0]] = append(append([]string{"layout_desk", "seat"}, words[1:]...), words[0])
	}
	return page.New(layered{own, shared}, table)
}
