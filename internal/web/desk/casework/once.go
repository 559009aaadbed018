package casework

import (
	"errors"
	"net/url"

	"mingjing/internal/db"
	"mingjing/internal/web/desk/seat"
)

// sent tells where the page led when the same was sent before; it fails with seat.Sent when it said something else then.
func sent(tx *db.Tx, v *seat.Visitor, typed url.Values) (string, error) {
	return v.DoneBefore(tx, typed, inVersion, inDo)
}

// did records where the page led, in the transaction of what it did.
func did(tx *db.Tx, v *seat.Visitor, typed url.Values, href string) error {
	return v.DidOnce(tx, typed, href, inVersion, inDo)
}

// renew gives a page that said something else the second time a key of its own, under which that can be entered.
func renew(err error, typed url.Values) {
	seat.Renew(err, typed)
	if errors.As(err, new(seat.Sent)) {
		typed.Del(inVersion)
	}
}
