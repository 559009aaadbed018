package portal

import (
	"io"
	"iter"
	"net/http"
	"net/url"

	"mingjing/internal/web"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

// rowsOf gives the rows that an address asks for.
type rowsOf[T any] func(*http.Request, table.Query) iter.Seq2[T, error]

// xlsx answers with a list as an Excel file.
func xlsx[T any](p *Portal, list table.List[T], rows rowsOf[T]) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		q := list.Parse(r.URL.Query())
		return download(w, list.Name+p.today().String()+".xlsx", typeXLSX, func(out io.Writer) error { return list.XLSX(out, p.exportNote(list.Name, q), rows(r, q)) })
	}
}

// csv answers with a list as CSV.
func csv[T any](p *Portal, list table.List[T], rows rowsOf[T]) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		q := list.Parse(r.URL.Query())
		return download(w, list.Name+p.today().String()+".csv", typeCSV, func(out io.Writer) error { return list.CSV(out, rows(r, q)) })
	}
}

// listed walks through what was read whole.
func listed[T any](list []T, err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if err != nil {
			var none T
			yield(none, err)
			return
		}
		for _, row := range list {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// exportsOf are the files of a list that has a page of its own making.
func exportsOf(path string, values url.Values) []page.Link {
	query := ""
	if values.Get("agency") == "" {
		values.Del("agency")
	}
	if len(values) > 0 {
		query = "?" + values.Encode()
	}
	return []page.Link{{Text: "Excel", Href: path + ".xlsx" + query}, {Text: "CSV", Href: path + ".csv" + query}}
}
