package person

import (
	_ "embed"
	"strings"
	"sync"

	"mingjing/internal/redact/view"
)

// placeList holds the names of prefectures and counties that begin with a surname character, without 市, 区 or 县.
// Source: modood/Administrative-divisions-of-China, WTFPL.
//
//go:embed places.txt
var placeList string

// pair is two neighbouring characters.
type pair [2]rune

// lexicon is the compiled word knowledge of the name pass. It is never changed after it was built.
type lexicon struct {
	stop         *view.RuneSet // characters that end a name: grammar words and verbs of speech
	lead         *view.RuneSet // grammar words after which a name may begin
	common, rare *view.RuneSet
	given, weak  *view.RuneSet
	compound     map[pair]bool
	heads        map[pair]bool // first two characters of ordinary words that begin with a surname
	tails        map[pair]bool // last two characters of ordinary words that end in a surname
	places       map[string]bool
	after        *view.WordSet // words that follow a person's name
	orgs         *view.WordSet // words that end the name of an organisation or street
	private      *view.WordSet // words that announce a private person
	legal        *view.WordSet // words that announce an organisation's representative
	officer      *view.WordSet // words that announce an officer
}

// words builds the lexicon once, at first use, so that a program that never redacts does not pay for it.
var words = sync.OnceValue(func() *lexicon {
	l := &lexicon{stop: view.SetOf(nameStops), lead: view.SetOf(nameLeads), common: view.SetOf(commonSurnames), rare: view.SetOf(rareSurnames), given: view.SetOf(givenRunes),
		weak: view.SetOf(weakGiven), compound: map[pair]bool{}, heads: map[pair]bool{}, tails: map[pair]bool{},
		places: map[string]bool{}, after: view.NewWordSet(afterName()), orgs: view.NewWordSet(orgTails())}
	private, legal, officer := nameCues()
	l.private, l.legal, l.officer = view.NewWordSet(private), view.NewWordSet(legal), view.NewWordSet(officer)
	for _, w := range compoundSurnames() {
		r := []rune(w)
		l.compound[pair{r[0], r[1]}] = true
	}
	for _, w := range wordHeads() {
		if r := []rune(w); len(r) >= 2 {
			l.heads[pair{r[0], r[1]}] = true
		}
	}
	for _, w := range wordTails() {
		r := []rune(w)
		l.tails[pair{r[len(r)-2], r[len(r)-1]}] = true
	}
	for _, w := range strings.Fields(placeList) {
		l.places[w] = true
	}
	return l
})

// SurnameLen returns how many runes of the name are its surname, or 0 where none is known.
func SurnameLen(r []rune) int {
	l := words()
	switch {
	case len(r) >= 2 && l.compound[pair{r[0], r[1]}]:
		return 2
	case len(r) >= 1 && (l.common.Has(r[0]) || l.rare.Has(r[0])):
		return 1
	}
	return 0
}

// WordEndingIn reports whether prev and surname together end an ordinary word, as in 提高 or 国王.
func WordEndingIn(prev, surname rune) bool { return words().tails[pair{prev, surname}] }
