package casework

import (
	"errors"
	"net/url"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/web/desk/seat"
)

// saidIn is what a page of this room says: what was typed, without its key and the version of its draft.
func saidIn(typed url.Values) string { return seat.Content(typed, inOnce, inVersion, inDo) }

// sent tells where the page led when the same was sent before; it fails with seat.Sent when it said something else then.
func sent(tx *db.Tx, v *seat.Visitor, typed url.Values) (string, error) {
	before, err := access.Once(tx, v.Actor, typed.Get(inOnce), saidIn(typed))
	if err == nil && before.Href != "" && !before.Same {
		err = seat.Sent{Href: before.Href}
	}
	return before.Href, err
}

// did records where the page led, in the transaction of what it did.
func did(tx *db.Tx, v *seat.Visitor, typed url.Values, href string) error {
	return access.Did(tx, v.Actor, typed.Get(inOnce), saidIn(typed), href)
}

// renew gives a page that said something else the second time a key of its own, under which that can be entered.
func renew(err error, typed url.Values) {
	if errors.As(err, new(seat.Sent)) {
		typed.Set(inOnce, access.NewFormKey())
		typed.Del(inVersion)
	}
}
