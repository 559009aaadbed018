package recheck

import (
	"strconv"

	"mingjing/internal/db"
)

// batchRows is how many rows are handed over at once.
const batchRows = 1024

// batch holds the cells of some rows one after the other.
type batch struct {
	width int
	store []byte
	ends  []int
}

// row is one row of a batch; what it gives is good until the batch is used up.
type row struct {
	b  *batch
	at int
}

func (w row) cell(i int) []byte {
	at := w.at*w.b.width + i
	from := 0
	if at > 0 {
		from = w.b.ends[at-1]
	}
	return w.b.store[from:w.b.ends[at]]
}

func (w row) text(i int) string { return string(w.cell(i)) }

// is tells whether a cell holds a text; it makes no copy of it.
func (w row) is(i int, text string) bool { return string(w.cell(i)) == text }

// number is a whole number; what is none comes as -1, which no column of the record holds.
func (w row) number(i int) int64 {
	n, err := strconv.ParseInt(string(w.cell(i)), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// truth is a truth value of either engine.
func (w row) truth(i int) bool { s := string(w.cell(i)); return s == "1" || s == "true" }

// stream reads a query row by row in one goroutine and looks at the rows in another, so that reading and hashing take a
// processor each. see must not use the transaction.
func (r *run) stream(what, query string, args []any, width int, see func(row) error) error {
	full, done := make(chan *batch, 4), make(chan struct{})
	empty := make(chan *batch, 8)
	failed := make(chan error, 1)
	go func() {
		defer close(full)
		b := &batch{width: width}
		err := r.tx.Cells(query, args, func(c db.Cells) error {
			for i := range width {
				b.store = append(b.store, c.Bytes(i)...)
				b.ends = append(b.ends, len(b.store))
			}
			if len(b.ends) < batchRows*width {
				return nil
			}
			select {
			case full <- b:
			case <-done:
				return errStopped
			}
			select {
			case b = <-empty:
				b.store, b.ends = b.store[:0], b.ends[:0]
			default:
				b = &batch{width: width}
			}
			return nil
		})
		if err == nil && len(b.ends) > 0 {
			select {
			case full <- b:
			case <-done:
			}
		}
		failed <- err
	}()
	read := int64(0)
	var wrong error
	for b := range full {
		for i := 0; i < len(b.ends)/width && wrong == nil; i++ {
			wrong = see(row{b, i})
		}
		if wrong != nil {
			break
		}
		read += int64(len(b.ends) / width)
		r.progress(what, read)
		select {
		case empty <- b:
		default:
		}
	}
	close(done)
	for range full { // the reader ends by itself
	}
	if err := <-failed; wrong == nil {
		return err
	}
	return wrong
}

type stopped struct{}

func (stopped) Error() string { return "stopped" }

// errStopped ends a reading whose rows nobody looks at any more.
var errStopped error = stopped{}
