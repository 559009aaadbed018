package party

import (
	"slices"

	"mingjing/internal/zh"
)

// Known are the parties of a case by what tells them apart, so that a list of hundreds is held against itself at once.
type Known struct {
	code, id map[string]bool
	name     map[string][]Party
}

// Register makes the register of the parties that a case has.
func Register(list []Party) Known {
	k := Known{code: map[string]bool{}, id: map[string]bool{}, name: map[string][]Party{}}
	for _, p := range list {
		k.Add(p)
	}
	return k
}

// Add enters a party.
func (k Known) Add(p Party) {
	if p.Code != "" {
		k.code[p.Code] = true
	}
	if p.CitizenID != "" {
		k.id[p.CitizenID] = true
	}
	key := zh.Key(p.Name)
	k.name[key] = append(k.name[key], p)
}

// Has tells whether a party is entered already: by its code or number, else by its name. Two of one name are two only where
// the code or number of each says so.
func (k Known) Has(p Party) bool {
	if k.code[p.Code] || k.id[p.CitizenID] {
		return true
	}
	return slices.ContainsFunc(k.name[zh.Key(p.Name)], func(q Party) bool {
		told := p.Code != "" && q.Code != "" || p.CitizenID != "" && q.CitizenID != ""
		return p.Kind == q.Kind && !told
	})
}
