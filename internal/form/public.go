package form

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"mingjing/internal/form/entry"
	"mingjing/internal/form/paper"
)

// publicBlank stands where a public copy leaves out what the paper says.
const publicBlank = "×××"

// PublicCopy is a document as the public may read it.
type PublicCopy struct {
	Title  string
	Number string
	Blocks []Block
	Text   string
	Fields map[string]string
}

// PersonalItem is a piece of personal data of a document, for a redaction that
// looks for it in other texts too.
type PersonalItem struct {
	Kind   string // one of Personals
	Value  string
	Public bool // whether the law lets it be shown as it is
}

// Public makes the public copy: secret fields, private blocks and the hidden
// particulars of persons are left out, names of natural persons are shortened
// (张某), and any of these values that was also typed into another text is
// replaced there too (行政处罚法第四十八条、第五十条). It fails for a kind the law
// does not want published. What a person wrote in other words only a human
// reader finds; disclosure has one look at every copy.
func Public(k *Kind, v Values, meta PrintMeta) (PublicCopy, error) {
	if !k.Public.Publish {
		return PublicCopy{}, fmt.Errorf("form: public copy: %s is not published", k.Ref())
	}
	w := writer{kind: k, values: publicValues(k, active(k, v)), meta: meta, blank: publicBlank}
	// What was typed into a field that does not count is hidden elsewhere all the same.
	hide := hider(k, v)
	out := PublicCopy{Number: meta.Number, Fields: map[string]string{}}
	for _, block := range w.render(func(b PrintBlock) bool { return !b.Private && publicType(b.Type) }) {
		out.Blocks = append(out.Blocks, hide.block(block))
	}
	out.Title = hide.text(w.fill(k.Public.Title))
	for name, wording := range k.Public.Fields {
		if said := hide.text(w.fill(wording)); strings.Trim(said, publicBlank) != "" {
			out.Fields[name] = said
		}
	}
	out.Text = paper.Text(out.Blocks)
	return out, nil
}

// publicType leaves out what only the paper needs.
func publicType(block string) bool {
	return block != "signature" && block != "pagesign" && block != "head"
}

// Personal lists the personal data in the values.
func Personal(k *Kind, v Values) []PersonalItem {
	var out []PersonalItem
	for _, field := range k.Fields {
		walk(field, v[field.Name], false, func(leaf Field, value any, hidden, natural bool) {
			text := strings.TrimSpace(entry.Of(leaf).Show(leaf, value))
			if leaf.Personal != "" && text != "" {
				out = append(out, PersonalItem{Kind: leaf.Personal, Value: text, Public: !hidden && !natural})
			}
		})
	}
	return out
}

// walk visits the single values under a field. hidden says that the value never
// enters a public copy, natural that it names a natural person.
func walk(f Field, value any, hidden bool, visit func(leaf Field, value any, hidden, natural bool)) {
	hidden = hidden || f.Secret
	t := entry.Of(f)
	switch t.Shape {
	case entry.Single:
		if !entry.Empty(value) {
			visit(f, value, hidden, f.Personal == "name" && f.Type == "line")
		}
	case entry.Many:
		for _, text := range entry.Texts(value) {
			visit(Field{Name: f.Name, Label: f.Label, Type: "line"}, text, hidden, false)
		}
	case entry.Record:
		if row, ok := value.(map[string]any); ok {
			walkRow(f, t, row, hidden, visit)
		}
	case entry.List:
		rows, _ := value.([]any)
		for _, item := range rows {
			if row, ok := item.(map[string]any); ok {
				walkRow(f, t, row, hidden, visit)
			}
		}
	}
}

func walkRow(f Field, t entry.Type, row map[string]any, hidden bool, visit func(Field, any, bool, bool)) {
	for _, part := range t.Parts(f) {
		concealed := hidden || t.Hidden != nil && t.Hidden(part, row)
		if f.Type == "party" && part.Personal == "name" && entry.RowText(row, "kind") != entry.PartyPerson {
			// A name of an organisation, a trade name and a legal representative are public.
			part.Personal = ""
		}
		walk(part, row[part.Name], concealed, visit)
	}
}

// publicValues is a copy of the values without what is hidden and with natural
// persons' names shortened.
func publicValues(k *Kind, v Values) Values {
	out := Values{}
	for _, field := range k.Fields {
		if field.Secret {
			continue
		}
		if kept := k.publicValue(field, v[field.Name]); !entry.Empty(kept) {
			out[field.Name] = kept
		}
	}
	return out
}

func (k *Kind) publicValue(f Field, value any) any {
	t := entry.Of(f)
	switch t.Shape {
	case entry.Record:
		if row, ok := value.(map[string]any); ok {
			return k.publicRow(f, t, row)
		}
		return nil
	case entry.List:
		rows, _ := value.([]any)
		var out []any
		for _, item := range rows {
			if row, ok := item.(map[string]any); ok {
				out = append(out, k.publicRow(f, t, row))
			}
		}
		return out
	}
	if text, ok := value.(string); ok && f.Personal == "name" && f.Type == "line" && !k.Public.Names {
		return ShortName(text)
	}
	return value
}

func (k *Kind) publicRow(f Field, t entry.Type, row map[string]any) map[string]any {
	out := map[string]any{}
	for _, part := range t.Parts(f) {
		if part.Secret || t.Hidden != nil && t.Hidden(part, row) {
			continue
		}
		if f.Type == "party" && entry.RowText(row, "kind") != entry.PartyPerson {
			part.Personal = ""
		}
		if kept := k.publicValue(part, row[part.Name]); !entry.Empty(kept) {
			out[part.Name] = kept
		}
	}
	return out
}

// compound are the compound surnames in common use.
var compound = [...]string{"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "轩辕", "端木", "长孙", "宇文"}

// ShortName is a natural person as the public may read of one: the surname with 某 (rulebook §8.1).
func ShortName(name string) string {
	name = strings.TrimSpace(name)
	if name == "" {
		return ""
	}
	for _, surname := range compound {
		if strings.HasPrefix(name, surname) && name != surname {
			return surname + "某"
		}
	}
	first, _ := utf8.DecodeRuneInString(name)
	return string(first) + "某"
}

// hiding replaces hidden values wherever they were typed.
type hiding struct{ replacer *strings.Replacer }

func hider(k *Kind, v Values) hiding {
	var pairs []pair
	open := organisations(k, v)
	for _, field := range k.Fields {
		walk(field, v[field.Name], false, func(leaf Field, value any, hidden, natural bool) {
			shown := strings.TrimSpace(entry.Of(leaf).Show(leaf, value))
			said := entry.Of(leaf).Say(leaf, value, "")
			switch {
			case natural && k.Public.Names && !hidden:
			case natural && utf8.RuneCountInString(shown) > 1:
				pairs = append(pairs, pair{shown, ShortName(shown)})
			case hidden && leaf.Type != "choice" && leaf.Type != "bool":
				for _, text := range append(strings.Split(shown, "\n"), said) {
					// A text of one or two characters would take unrelated words along,
					// and a witness's employer may be the party, whose name is public.
					if text = strings.TrimSpace(text); utf8.RuneCountInString(text) > 2 && !strings.Contains(open, text) {
						pairs = append(pairs, pair{text, publicBlank})
					}
				}
			}
		})
	}
	// The longest first, so that a name inside an address does not break it up.
	slices.SortStableFunc(pairs, func(a, b pair) int { return len(b.from) - len(a.from) })
	return replacing(pairs)
}

// pair is a text and what stands in its place.
type pair struct{ from, to string }

func replacing(pairs []pair) hiding {
	flat := make([]string, 0, 2*len(pairs))
	for _, p := range pairs {
		flat = append(flat, p.from, p.to)
	}
	return hiding{strings.NewReplacer(flat...)}
}

// organisations are the names and codes of the parties that are no natural persons.
func organisations(k *Kind, v Values) string {
	var out strings.Builder
	for _, field := range k.Fields {
		row, ok := v[field.Name].(map[string]any)
		if ok && field.Type == "party" && !field.Secret && entry.RowText(row, "kind") != entry.PartyPerson {
			out.WriteString(entry.RowText(row, "name") + "\n" + entry.RowText(row, "code") + "\n")
		}
	}
	return out.String()
}

func (h hiding) text(text string) string { return h.replacer.Replace(text) }

func (h hiding) block(b Block) Block { return reworded(b, h.text) }

// reworded is a block with every text of it put in other words.
func reworded(b Block, word func(string) string) Block {
	b.Text = word(b.Text)
	if b.Table == nil {
		return b
	}
	table := &Table{Head: b.Table.Head}
	for _, row := range b.Table.Rows {
		cells := slices.Clone(row)
		for i := range cells {
			cells[i].Text = word(cells[i].Text)
		}
		table.Rows = append(table.Rows, cells)
	}
	b.Table = table
	return b
}
