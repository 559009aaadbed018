package seat

import (
	"io"
	"iter"
	"net/url"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

// Beside is a list that stands on the page of something else, such as the parties of a case. It is shown whole, and has files
// of its own, so that no list of the desk must be copied by hand.
type Beside[T any] struct {
	List table.List[T]
	// Path is that of the files without their ending; names in braces are those of the address of the page.
	Path   string
	Action access.Action
	Kind   string // of the things, for the policies
	// Read gives the rows, and what they belong to, such as the title of the case.
	Read func(v *Visitor) (rows []T, of string, err error)
}

// Install adds the files.
func (b Beside[T]) Install(r *Room) {
	for _, ending := range []string{".xlsx", ".csv"} {
		r.Handle("GET "+b.Path+ending, b.Action, b.Kind, func(v *Visitor) error { return b.file(v, ending) })
	}
}

// View is the list for the page, with its files for who may take them.
func (b Beside[T]) View(v *Visitor, rows []T) table.View {
	t := Plain(b.List, rows)
	t.Exports = b.Exports(v, len(rows))
	return t
}

// Exports leads to the files, for a page that draws the list by itself; nothing where there is nothing to take.
func (b Beside[T]) Exports(v *Visitor, rows int) []page.Link {
	if rows == 0 {
		return nil
	}
	return Exports(v, v.address(b.Path), b.Kind)
}

// Exports leads to the files of a list that stands elsewhere, for who may take them.
func Exports(v *Visitor, path, kind string) []page.Link {
	if !v.May(access.ExportList, access.Thing{Kind: kind}) {
		return nil
	}
	path, query, asked := strings.Cut(path, "?")
	if asked {
		query = "?" + query
	}
	return []page.Link{{Text: "Excel", Href: path + ".xlsx" + query}, {Text: "CSV", Href: path + ".csv" + query}}
}

// address fills the names in braces with those of the request.
func (v *Visitor) address(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			parts[i] = url.PathEscape(v.Path(strings.TrimSuffix(name, "}")))
		}
	}
	return strings.Join(parts, "/")
}

func (b Beside[T]) file(v *Visitor, ending string) error {
	if err := v.Require(access.ExportList, access.Thing{Kind: b.Kind}); err != nil {
		return err
	}
	rows, of, err := b.Read(v)
	if err != nil {
		return err
	}
	title := strings.TrimSpace(of + "　" + b.List.Name)
	return v.Download(b.List.Name+"　"+of+ending, kindOf(ending), func(w io.Writer) error {
		if ending == ".xlsx" {
			return b.List.XLSX(w, noted(v, title, "全部"), each(rows))
		}
		return b.List.CSV(w, each(rows))
	})
}

func each[T any](rows []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}
