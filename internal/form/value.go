package form

import "mingjing/internal/form/entry"

// Values are what was filled into a document, see package entry.
type Values = entry.Values

// ParseValues reads stored values; it refuses fractions.
func ParseValues(data []byte) (Values, error) { return entry.ParseValues(data) }

// The kinds of 当事人 in a party field.
const (
	PartyOrganisation = entry.PartyOrganisation
	PartyTrader       = entry.PartyTrader
	PartyPerson       = entry.PartyPerson
)
