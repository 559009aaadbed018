package publication

import (
	"net/http"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// checkPage is what the second person sees: the text as the public will read it, its hash, and nothing else to decide.
type checkPage struct {
	page.Frame
	P       disclosure.Publication
	Facts   []seat.Fact
	Trouble seat.Trouble
	Result  []resultLine
	Hash    string // of the text on this page
	Same    bool   // it is the text that the maker handed in
	Action  string
	Reason  string // of a correction
	Refused string // why this person may not check it
	Due     page.Deadline
}

func (r room) check(v *seat.Visitor) error { return r.showCheck(v, http.StatusOK, seat.Trouble{}) }

func (r room) showCheck(v *seat.Visitor, status int, t seat.Trouble) error {
	draft, err := r.House.Disclosure.Draft(v.Context(), v.Actor, v.Path("id"))
	if err != nil {
		return err
	}
	p := draft.Publication
	names, err := v.Names(p.Maker)
	if err != nil {
		return err
	}
	hash := hashOf(p, draft.Rendered)
	d := checkPage{Frame: v.Head("复核公示文本", page.Link{Text: "公示", Href: root}, page.Link{Text: short(titleOf(p)), Href: address(p)}), P: p, Trouble: t,
		Result: resultOf(draft.Rendered), Hash: hash, Same: hash == p.ContentHash, Action: address(p) + "/check", Due: r.due(v, p),
		Facts: []seat.Fact{{Name: "文号", Text: p.Number}, {Name: "制作人", Text: names[p.Maker]}, {Name: "决定日期", Text: p.DecidedOn}, {Name: "送达日期", Text: p.ServedOn}}}
	if c := access.Can(v.Actor, access.PublicationCheck, thing(v, p)); !c.Allowed && !c.NeedStepUp {
		d.Refused = c.Reason
	} else if p.State != disclosure.StatePrepared {
		d.Refused = "现在的状态是“" + disclosure.StateTitle(p.State, p.Source) + "”，没有等待复核的文本。"
	}
	return v.Show(status, "check", d)
}

// hashOf recomputes the hash of a rendered text, as anybody outside can.
func hashOf(p disclosure.Publication, rendered string) string {
	lines := strings.SplitN(rendered, "\n", len(heads())+1)
	if len(lines) != len(heads())+1 {
		return ""
	}
	return public.ContentHash(public.Publication{Row: public.Row{Title: lines[0], Number: p.Number, AgencyName: p.AgencyName, PartyName: lines[1],
		Result: lines[2], Basis: lines[3], DecidedOn: p.DecidedOn}, Body: lines[4]})
}

func (r room) checked(v *seat.Visitor) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	id := v.Path("id")
	if err := r.House.Disclosure.Check(v.Context(), v.Actor, id, typed.Get("hash")); err != nil {
		t, ok := seat.TroubleOf(err)
		if !ok {
			return err
		}
		return r.showCheck(v, http.StatusUnprocessableEntity, t)
	}
	return v.Done(root+"/"+id, "已复核。公示只对这一份文本有效。")
}

// correction is the page on which a second person sees a proposed correction.
func (r room) correction(v *seat.Visitor) error {
	return r.showCorrection(v, http.StatusOK, seat.Trouble{})
}

func (r room) showCorrection(v *seat.Visitor, status int, t seat.Trouble) error {
	id := v.Path("id")
	p, _, err := r.House.Disclosure.Get(v.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	proposed, err := r.House.Disclosure.ProposedCorrection(v.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	names, err := v.Names(proposed.Maker)
	if err != nil {
		return err
	}
	hash := hashOf(p, proposed.Rendered)
	d := checkPage{Frame: v.Head("复核更正", page.Link{Text: "公示", Href: root}, page.Link{Text: short(titleOf(p)), Href: address(p)}), P: p, Trouble: t,
		Result: resultOf(proposed.Rendered), Hash: hash, Same: hash == proposed.Hash, Action: address(p) + "/correction", Reason: proposed.Reason,
		Facts: []seat.Fact{{Name: "文号", Text: p.Number}, {Name: "更正人", Text: names[proposed.Maker]}, {Name: "公示日期", Text: p.PublishedOn}}}
	for _, mine := range v.Identities() {
		if mine == proposed.Maker {
			d.Refused = "更正由他人复核，提出更正的人不得复核自己提出的更正。"
		}
	}
	return v.Show(status, "check", d)
}

func (r room) confirm(v *seat.Visitor) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	id := v.Path("id")
	if err := r.House.Disclosure.ConfirmCorrection(v.Context(), v.Actor, id, typed.Get("hash")); err != nil {
		t, ok := seat.TroubleOf(err)
		if !ok {
			return err
		}
		return r.showCorrection(v, http.StatusUnprocessableEntity, t)
	}
	return v.Done(root+"/"+id, "已更正。更正前的文本和更正理由都有留痕。")
}
