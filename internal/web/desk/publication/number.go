package publication

import (
	"mingjing/internal/disclosure"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
)

// byNumber finds the publication that stands in the place of one that comes down, by the number that people know.
func (r room) byNumber(v *seat.Visitor, number string) (string, error) {
	if number == "" {
		return "", nil
	}
	found, err := r.House.Disclosure.Find(v.Context(), v.Agency, disclosure.Find{Words: number}, "", 20)
	if err != nil {
		return "", err
	}
	for _, p := range found.Rows {
		if p.Number == number && p.PublishedOn != "" {
			return p.ID, nil
		}
	}
	return "", refusal.Field("replaced", "没有找到文号为“"+number+"”的已公示信息，请核对文号，或者留空。")
}
