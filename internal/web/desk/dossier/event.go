package dossier

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// eventPage shows one event with its proof in the ledger.
type eventPage struct {
	page.Frame
	Facts   []seat.Fact
	Law     []page.Finding
	State   string
	Tone    string
	Leaf    string
	Proof   string
	KeyText string
}

// eventView shows what was recorded of an event and that the record stands.
func (r room) eventView(v *seat.Visitor) error {
	view, err := r.open(v)
	if err != nil {
		return err
	}
	seq, err := strconv.ParseInt(v.Path("seq"), 10, 64)
	i := slices.IndexFunc(view.Events, func(e ledger.Record) bool { return e.Seq == seq })
	if err != nil || i < 0 {
		return refusal.NotFound{What: "办案记录"}
	}
	e := view.Events[i]
	m := Machine(view.File)
	shown := eventOf(view, m, e)
	p := eventPage{Frame: v.Head("存证："+shown.Title, Crumb(view.File)...), KeyText: r.House.Ledger.Verifier(e.Agency)}
	p.Facts = []seat.Fact{{Name: "事项", Text: shown.Title}, {Name: "办理人", Text: shown.By}, {Name: "发生日期", Text: shown.Day}, {Name: "记录时间", Text: Moment(e.Recorded)},
		{Name: "台账序号", Text: strconv.FormatInt(e.Seq, 10)}}
	for _, s := range m.Steps {
		if string(s.Code) != e.Ref["step"] {
			continue
		}
		for _, code := range s.Rules {
			if rule, ok := r.House.Cases.Books().Law.Rule(code); ok {
				p.Law = append(p.Law, page.Finding{Message: rule.Title, Cite: rule.Cite.String()})
			}
		}
	}
	proof, leaf, err := ledger.Prove(v.Context(), r.House.DB, e.Agency, e.Seq)
	switch {
	case errors.Is(err, ledger.ErrNotSigned):
		p.State, p.Tone = "已写入台账，等待下一次签名（通常在数秒之内）", "soon"
	case err != nil:
		return err
	default:
		p.State, p.Tone, p.Leaf, p.Proof = "已存证：台账未被改动，签名有效", "met", string(leaf), proof
	}
	return v.Show(http.StatusOK, "event", p)
}
