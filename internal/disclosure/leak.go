package disclosure

import (
	"mingjing/internal/disclosure/content"
	"mingjing/internal/redact"
	"mingjing/internal/refusal"
)

// leaks refuses texts that become public beside the decision itself, by their fields: the notice of a withdrawal, the
// reason of a correction. They get the same last look as the decision got: what has a shape, what the case knows, and
// what a person hid when the decision was published, so that no name comes out by the notice that the text kept in
// (行政处罚法第五十条, 政府信息公开条例第十五条).
func (a *act) leaks(fields map[string]string) error {
	t, err := loadTexts(a.tx, a.p.ID)
	if err != nil {
		return err
	}
	known := append(append(a.p.known(t), hidden(t.decisions)...), redact.Rejected(t.decisions)...)
	bad := map[string]string{}
	for field, text := range fields {
		if found := a.p.policy().Scan(text, known...); len(found) > 0 {
			bad[field] = "向社会公开的文字中有个人信息（" + kindsOf(found) + "），请删去。"
		}
	}
	if len(bad) > 0 {
		return refusal.Invalid{Message: "向社会公开的文字不得有个人信息。", Fields: bad}
	}
	return nil
}

// known is all that the case, or the row of the import, says of people and organisations.
func (p Publication) known(t texts) []redact.Known {
	return append(append([]redact.Known{}, t.known...), p.parties()...)
}

// policy says whose names stay in the public text. Of a decision of the past nobody knows any more who is only the
// representative of a punished organisation and who was punished beside it: such names are hidden.
func (p Publication) policy() redact.Policy {
	policy := redact.DefaultPolicy()
	policy.LegalRepresentativePublic = p.Source != SourceImport
	return policy
}

// seen is all that the public will read of a publication: the text, and the number and agency that stand in its row and
// that an import takes from a file as they are.
func (p Publication) seen(c content.Copy) string {
	return c.Seen() + "\n" + p.Number + "\n" + p.AgencyName
}

// hidden are the names and numbers that people took out of the public text.
func hidden(decisions []redact.Decision) []redact.Known {
	var list []redact.Known
	for _, d := range decisions {
		if d.Accept {
			list = append(list, redact.Known{Kind: d.Span.Kind, Text: d.Span.Text})
		}
	}
	return list
}
