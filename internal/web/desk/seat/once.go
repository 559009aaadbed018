package seat

import (
	"errors"
	"net/url"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/db"
)

// OnceField is the hidden field that holds the key under which a page is done once, however often it is sent.
const OnceField = "act.once"

// aside are the fields that say nothing of what is done: the key, the version of a draft, which button was pressed.
func aside(but []string) []string { return append(slices.Clone(but), OnceField) }

// DoneBefore tells where the page led when the same was sent before; it fails with Sent when it said something else then.
func (v *Visitor) DoneBefore(tx *db.Tx, typed url.Values, but ...string) (string, error) {
	before, err := access.Once(tx, v.Actor, typed.Get(OnceField), Content(typed, aside(but)...))
	if err == nil && before.Href != "" && !before.Same {
		err = Sent{Href: before.Href}
	}
	return before.Href, err
}

// DidOnce records where the page led, in the transaction of what it did.
func (v *Visitor) DidOnce(tx *db.Tx, typed url.Values, href string, but ...string) error {
	return access.Did(tx, v.Actor, typed.Get(OnceField), Content(typed, aside(but)...), href)
}

// Renew gives a page that said something else the second time a key of its own, under which that can be entered.
func Renew(err error, typed url.Values) {
	if errors.As(err, new(Sent)) {
		typed.Set(OnceField, access.NewFormKey())
	}
}
