package casefile

import (
	"sync/atomic"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
)

// Room is where cases are worked on. Decided, Served and Annulled are called in the transaction of the act, so that the
// rooms behind (disclosure) write their part with it; they are set once, when the house is put together.
type Room struct {
	DB       *db.DB
	books    atomic.Pointer[book.Books]
	Decided  func(*db.Tx, Made) error
	Served   func(*db.Tx, picture.Decision, access.Actor) error
	Annulled func(*db.Tx, picture.Decision, Annulment, access.Actor) error
}

// New opens the room on a store with the agency's books.
func New(d *db.DB, books book.Books) *Room {
	r := &Room{DB: d}
	r.books.Store(&books)
	return r
}

// Books are the books in force now.
func (r *Room) Books() book.Books { return *r.books.Load() }

// Adopt replaces the books, after a new pack or calendar was activated. Cases keep the version they were judged by in
// their events.
func (r *Room) Adopt(books book.Books) { r.books.Store(&books) }
