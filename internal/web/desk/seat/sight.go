package seat

import (
	"mingjing/internal/access"
	"mingjing/internal/db"
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
