package seat

import (
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// Sees tells whether the person may read the personal data of a thing in clear. Who may not is shown the masked copy.
func (v *Visitor) Sees(thing access.Thing) bool {
	return access.Can(v.Actor, access.PartyPersonal, v.thing(thing)).Allowed
}

// Looked records that the person is shown the personal data of a thing, before it is shown (个人信息保护法第五十一条、第五十四条):
// what cannot be recorded is not shown.
func (v *Visitor) Looked(thing access.Thing, purpose string) error {
	return v.Write(func(tx *db.Tx) error { return access.RecordLook(tx, v.Actor, thing, purpose) })
}

// daysLooks bounds how many looks of a person at a thing are read to find the one of today.
const daysLooks = 100

// LookedToday is Looked for who opens the same again and again while working on it: for one purpose it is recorded once a day.
func (v *Visitor) LookedToday(thing access.Thing, purpose string) error {
	var before []access.Look
	err := v.Read(func(tx *db.Tx) (err error) {
		before, err = access.Looks(tx, thing.Agency, access.LookFilter{Account: v.Account, ThingKind: thing.Kind, Thing: thing.ID}, "", daysLooks)
		return err
	})
	if err != nil || slices.ContainsFunc(before, func(l access.Look) bool {
		return l.Purpose == purpose && l.OnBehalf == v.OnBehalf && workday.DayOf(l.At) == v.Today()
	}) {
		return err
	}
	return v.Looked(thing, purpose)
}

// Sought is what a list is searched for: a 文号 in its canonical spelling, in which records have it, everything else as it was
// typed.
func Sought(text string) string {
	if n, ok := zh.NumberSought(text); ok {
		return n.String()
	}
	return text
}
