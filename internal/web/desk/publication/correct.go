package publication

import (
	"net/http"
	"net/url"
	"strings"

	"mingjing/internal/disclosure"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// correctPage is where the new public text of a wrong one is written.
type correctPage struct {
	page.Frame
	P      disclosure.Publication
	Form   seat.Form
	Rows   []findingRow
	Result []resultLine
	Looked bool // the new text was searched for personal data
}

func correctForm(p disclosure.Publication) seat.Form {
	return seat.Form{Action: address(p) + "/correct", Fields: []seat.Field{
		{Name: "title", Label: "标题", Required: true}, {Name: "party", Label: "当事人"}, {Name: "result", Label: "处理结果"},
		{Name: "basis", Label: "依据"},
		{Name: "body", Label: "正文", Control: seat.Area, Rows: 14, Required: true},
		{Name: "reason", Label: "更正理由", Control: seat.Area, Rows: 3, Required: true, Hint: "向社会公开，不得含有个人信息。"},
	}}
}

func (r room) correct(v *seat.Visitor) error {
	p, _, err := r.House.Disclosure.Get(v.Context(), v.Actor, v.Path("id"))
	if err != nil {
		return err
	}
	form := correctForm(p).Set(map[string]string{"title": p.Title, "party": p.PartyName, "result": p.Result, "basis": p.Basis, "body": p.BodyText})
	return r.showCorrect(v, http.StatusOK, correctPage{P: p, Form: form})
}

func (r room) showCorrect(v *seat.Visitor, status int, d correctPage) error {
	d.Frame = v.Head("更正公示", page.Link{Text: "公示", Href: root}, page.Link{Text: short(titleOf(d.P)), Href: address(d.P)})
	return v.Show(status, "correct", d)
}

// corrected shows what is found in the new text first, and proposes the correction when everything is answered.
func (r room) corrected(v *seat.Visitor) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	id := v.Path("id")
	p, _, err := r.House.Disclosure.Get(v.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	in := correctionOf(typed)
	draft, err := r.House.Disclosure.CorrectionDraft(v.Context(), v.Actor, id, in)
	if err != nil {
		return err
	}
	in.Decisions, _ = answers(draft, typed)
	if draft, err = r.House.Disclosure.CorrectionDraft(v.Context(), v.Actor, id, in); err != nil {
		return err
	}
	d := correctPage{P: p, Form: correctForm(p).Filled(typed), Rows: rowsOf(draft), Result: resultOf(draft.Rendered), Looked: true}
	if typed.Get("do") != "finish" {
		return r.showCorrect(v, http.StatusOK, d)
	}
	if _, err := r.House.Disclosure.Correct(v.Context(), v.Actor, id, in); err != nil {
		t, ok := seat.TroubleOf(err)
		if !ok {
			return err
		}
		d.Form = d.Form.With(t)
		return r.showCorrect(v, http.StatusUnprocessableEntity, d)
	}
	return v.Done(address(p), "更正已提出，等待第二人复核；复核之前公众看到的仍是原来的文本。")
}

func correctionOf(typed url.Values) disclosure.Correction {
	text := func(name string) string { return strings.TrimSpace(typed.Get(name)) }
	body := strings.ReplaceAll(text("body"), "\r\n", "\n")
	return disclosure.Correction{Title: text("title"), PartyName: text("party"), Result: text("result"), Basis: text("basis"), Body: body, Reason: text("reason")}
}
