package lawreview

import (
	"encoding/json"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/refusal"
	"mingjing/internal/review"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/workday"
)

// stepPage is the page of one step: its paper, the day of the act, and what stands against it.
type stepPage struct {
	page.Frame
	Row      review.Row
	Step     flow.Step
	Fields   template.HTML
	Trouble  seat.Trouble
	Occurred string
	Late     string // reason for a late entry, as typed
	Version  document.Base
	Kind     string
	Saved    string // when the draft was last kept
	By       string // who saved in between, and what differs
	Differ   []dossier.Difference
	Grave    bool
	Texts    []textView
	Save     bool
	Refused  []page.Finding
}

// stepOf finds the step of the address, open or not: the room says why it is not.
func (r room) stepOf(v *seat.Visitor) (review.View, review.Step, error) {
	d, err := r.reviews.Get(v.Context(), v.Actor, v.Path("id"))
	if err != nil {
		return d, review.Step{}, err
	}
	code := flow.Code(v.Path("step"))
	for _, s := range d.Steps {
		if s.Step.Code == code {
			return d, s, nil
		}
	}
	machine := flow.Review()
	if s, ok := machine.Find(code); ok && code != "submit_review" && code != "void_review" {
		return d, review.Step{Step: s, Kinds: book.StepForms(s)}, nil
	}
	return d, review.Step{}, refusal.NotFound{What: "审核环节"}
}

// paperOf is the paper that a step is written on; every step of a review has at most one.
func paperOf(s review.Step) string {
	if len(s.Kinds) == 0 {
		return ""
	}
	return s.Kinds[0]
}

func (r room) draft(v *seat.Visitor, d review.View, s review.Step) (document.Draft, error) {
	var draft document.Draft
	if paperOf(s) == "" {
		return draft, nil
	}
	err := v.Read(func(tx *db.Tx) (err error) {
		draft, err = r.reviews.Draft(tx, v.Actor, d.Row.ID, s.Step.Code, paperOf(s))
		return err
	})
	return draft, err
}

// may asks whether the person may write the papers of the step, before anything of them is read or kept.
func (r room) may(v *seat.Visitor, d review.View, s review.Step) error {
	return v.Read(func(tx *db.Tx) error { return r.reviews.May(tx, v.Actor, d.Row.ID, s.Step.Code) })
}

func (r room) step(v *seat.Visitor) error {
	d, s, err := r.stepOf(v)
	if err != nil {
		return err
	}
	if err := r.may(v, d, s); err != nil {
		t, ok := seat.TroubleOf(err)
		if !ok {
			return err
		}
		return r.show(v, http.StatusOK, d, s, stepPage{Refused: t.Findings}, nil, form.Invalid{})
	}
	draft, err := r.draft(v, d, s)
	if err != nil {
		return err
	}
	p := stepPage{Version: draft.Base(), Occurred: v.Today().String()}
	if !draft.Saved.IsZero() {
		p.Saved = draft.EditorName + " " + draft.Saved.In(workday.Shanghai()).Format("2006-01-02 15:04") + "保存"
	}
	return r.show(v, http.StatusOK, d, s, p, draft.Values, form.Invalid{Raw: draft.Raw})
}

func (r room) show(v *seat.Visitor, status int, d review.View, s review.Step, p stepPage, values form.Values, invalid form.Invalid) error {
	p.Frame = v.Head(s.Step.Title, page.Link{Text: "法制审核", Href: root}, page.Link{Text: d.Row.CaseTitle, Href: root + "/" + d.Row.ID})
	sight, err := r.sight(v, d)
	if err != nil {
		return err
	}
	p.Row, p.Step, p.Kind, p.Texts = d.Row, s.Step, paperOf(s), r.texts(d, sight)
	p.Grave = s.Step.Code == "refuse_review" || s.Step.Code == "end_review"
	if k, ok := r.House.Cases.Books().Forms.Kind(p.Kind); ok {
		p.Fields, p.Save = form.Page(k, values, invalid, form.PageOptions{}), true
	}
	return v.Show(status, "step", p)
}

// taken keeps what was written, and takes the step when the person says so.
func (r room) taken(v *seat.Visitor) error {
	d, s, err := r.stepOf(v)
	if err != nil {
		return err
	}
	typed, err := v.Form()
	if err != nil {
		return err
	}
	here := root + "/" + d.Row.ID
	finish := typed.Get("do") != "save"
	var values form.Values
	var invalid form.Invalid
	k, written := r.House.Cases.Books().Forms.Kind(paperOf(s))
	p := stepPage{Occurred: typed.Get("occurred"), Late: typed.Get("late"), Version: version(typed)}
	if written {
		values, invalid = form.Decode(k, typed, !finish)
	}
	if err := r.may(v, d, s); err != nil {
		return r.again(v, err, d, s, p, values, invalid)
	}
	if written {
		saved, err := r.save(v, d, s, k.Code, values, invalid, typed)
		if err != nil {
			return r.again(v, err, d, s, p, values, invalid)
		}
		p.Version = saved.Base()
	}
	if !finish {
		return v.Done(here+"/"+string(s.Step.Code), "已保存。")
	}
	if !invalid.OK() {
		return r.show(v, http.StatusUnprocessableEntity, d, s, p, values, invalid)
	}
	if err := r.take(v, d, s, values, typed); err != nil {
		return r.again(v, err, d, s, p, values, invalid)
	}
	return v.Done(here, "已办理：“"+s.Step.Title+"”。")
}

func version(typed url.Values) document.Base { return document.Base(typed.Get("version")) }

func (r room) take(v *seat.Visitor, d review.View, s review.Step, values form.Values, typed url.Values) error {
	act := review.Act{Review: d.Row.ID, Step: s.Step.Code, LateReason: strings.TrimSpace(typed.Get("late"))}
	if text := strings.TrimSpace(typed.Get("occurred")); text != "" {
		on, err := workday.ParseDay(text)
		if err != nil {
			return refusal.Field("occurred", "办理日期应写成2026-11-24的形式。")
		}
		act.Occurred = on
	}
	if kind := paperOf(s); kind != "" {
		act.Papers = map[string]form.Values{kind: values}
	}
	return r.reviews.Take(v.Context(), v.Actor, act)
}

func (r room) save(v *seat.Visitor, d review.View, s review.Step, kind string, values form.Values, invalid form.Invalid, typed url.Values) (document.Draft, error) {
	var saved document.Draft
	err := v.Write(func(tx *db.Tx) (err error) {
		saved, err = r.reviews.SaveDraft(tx, v.Actor, d.Row.ID, s.Step.Code, document.Draft{Kind: kind, Values: values, Raw: invalid.Raw}, version(typed))
		return err
	})
	return saved, err
}

// again shows the step with everything that was typed and why it was not taken.
func (r room) again(v *seat.Visitor, err error, d review.View, s review.Step, p stepPage, values form.Values, invalid form.Invalid) error {
	var conflict document.Conflict
	if errors.As(err, &conflict) {
		return r.conflict(v, conflict, d, s, p, values, invalid)
	}
	t, ok := seat.TroubleOf(err)
	if !ok {
		return err
	}
	p.Trouble = t
	if len(t.Fields) > 0 {
		p.Trouble.Fields = nil
		invalid.Fields = map[string]string{}
		var rest []string
		for name, text := range t.Fields {
			if _, field, ok := strings.Cut(name, "/"); ok {
				invalid.Fields[field] = text
			} else {
				rest = append(rest, text)
			}
		}
		p.Trouble.Message = strings.TrimSpace(t.Message + " " + strings.Join(rest, " "))
	}
	return r.show(v, http.StatusUnprocessableEntity, d, s, p, values, invalid)
}

// usedUp says that the step was taken while a page of it stood open.
const usedUp = "这份文书的草稿已经用于办理，文书已经制作，不能再改；这一次没有保存。您填写的内容还在本页，需要的请另行保留。"

// conflict shows what the other wrote beside what was typed here; nothing was overwritten.
func (r room) conflict(v *seat.Visitor, c document.Conflict, d review.View, s review.Step, p stepPage, values form.Values, invalid form.Invalid) error {
	p.Version = c.Theirs.Base()
	p.Trouble.Message = usedUp
	if !c.Used() {
		p.By = c.Theirs.EditorName
		p.Trouble.Message = p.By + "在您打开之后保存了这份文书，没有覆盖任何一方的内容。对方的内容列在下面，您填写的内容还在本页；请核对合并后再保存，再次保存以本页的内容为准。"
		if k, ok := r.House.Cases.Books().Forms.Kind(paperOf(s)); ok {
			p.Differ = dossier.Differences(k, c, values)
		}
	}
	return r.show(v, http.StatusConflict, d, s, p, values, invalid)
}

// autosave keeps what is being written, two seconds after the last stroke.
func (r room) autosave(v *seat.Visitor) error {
	d, s, err := r.stepOf(v)
	if err != nil {
		return err
	}
	typed, err := v.Form()
	if err != nil {
		return err
	}
	k, ok := r.House.Cases.Books().Forms.Kind(paperOf(s))
	if !ok {
		return refusal.NotFound{What: "审核环节"}
	}
	values, invalid := form.Decode(k, typed, true)
	saved, err := r.save(v, d, s, k.Code, values, invalid, typed)
	var conflict document.Conflict
	if errors.As(err, &conflict) {
		if conflict.Used() {
			return answer(v, http.StatusConflict, map[string]string{"text": usedUp})
		}
		return answer(v, http.StatusConflict, map[string]string{"by": conflict.Theirs.EditorName, "href": root + "/" + d.Row.ID + "/" + string(s.Step.Code)})
	}
	if t, refused := seat.TroubleOf(err); err != nil && refused {
		text := t.Message
		if len(t.Findings) > 0 {
			text = "没有保存：" + t.Findings[0].Message
		}
		return answer(v, http.StatusUnprocessableEntity, map[string]string{"text": text})
	}
	if err != nil {
		return err
	}
	return answer(v, http.StatusOK, map[string]string{"saved": saved.Saved.In(workday.Shanghai()).Format("15:04"), "version": string(saved.Base())})
}

func answer(v *seat.Visitor, status int, say map[string]string) error {
	body, err := json.Marshal(say)
	if err != nil {
		return err
	}
	v.Bytes(status, "application/json", body)
	return nil
}
