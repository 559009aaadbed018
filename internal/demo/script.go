package demo

import (
	"bytes"
	"encoding/binary"

	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/redact"
	"mingjing/internal/review"
	"mingjing/internal/workday"
)

// life is one case being lived.
type life struct {
	*Year
	m  Matter
	id string
	// review is the id of the latest submission.
	review string
	at     workday.Day
	hour   int
}

// step plans a step of the case so many working days after the one before.
func (l *life) step(days int, who string, code flow.Code, papers func() map[string]form.Values, options ...func(*casefile.Act)) {
	l.then(days, string(code), func() error {
		_, err := l.take(who, l.id, code, papers(), options...)
		return err
	})
}

// then plans something of the case so many working days after the one before; a day has room for several.
func (l *life) then(days int, what string, run func() error) {
	if days > 0 {
		l.at, l.hour = l.after(l.at, days), 9
	} else {
		l.hour++
	}
	l.plan(l.at, l.hour, 30, l.m.title()+" "+what, run)
}

// begin plans the lead of a case.
func (y *Year) begin(day workday.Day, m Matter, source string) *life {
	l := &life{Year: y, m: m, at: y.after(day, 0), hour: 9}
	l.plan(l.at, 9, 0, m.title()+" lead", func() error {
		done, err := y.House.Cases.Begin(y.ctx, y.Actors[m.Handler], book.Ordinary, casefile.Act{Papers: y.leadPapers(m, source)})
		l.id = done.Case
		return err
	})
	return l
}

// investigated plans everything up to the report.
func (l *life) investigated() {
	l.gathered()
	l.step(6, l.m.Handler, "report_investigation", func() map[string]form.Values { return l.reportPapers(l.m) })
}

// gathered plans what comes before the report.
func (l *life) gathered() {
	l.step(2, "lu", "open_case", func() map[string]form.Values { return l.openPapers(l.m) })
	l.step(1, l.m.Head, "assign_officers", func() map[string]form.Values {
		return map[string]form.Values{"指派办案人员审批表": {"officers": l.m.officers(), "lead_officer": l.m.leadOfficer(), "certificates_valid": true, "no_interest": true,
			"handler_opinion": "拟指派上述人员办理。", "head_opinion": "同意。", "approved_on": l.today().String()}}
	})
	l.step(1, l.m.Handler, "investigate", func() map[string]form.Values { return l.inspectPapers(l.m) })
	l.step(1, l.m.Handler, "question", func() map[string]form.Values { return l.questionPapers(l.m) })
}

// told plans the catalogue check and the notice.
func (l *life) told(triggers ...any) {
	l.step(1, l.m.Handler, "check_catalogue", func() map[string]form.Values { return l.cataloguePapers(l.m, triggers...) })
	l.step(1, l.m.Handler, "serve_notice", func() map[string]form.Values { return l.noticePapers(l.m) }, sealed)
}

// drafted plans the text of the decision, after the windows of the notice.
func (l *life) drafted(days int) {
	l.then(days, "draft", func() error { return l.draft(l.m.Handler, l.id, l.decisionText(l.m)) })
}

// decided plans approval, decision and service.
func (l *life) decided() {
	l.step(1, "lu", "approve", func() map[string]form.Values { return l.approvePapers(l.m) })
	l.step(1, l.m.Handler, "decide", func() map[string]form.Values { return nil }, sealed)
	l.step(1, l.m.Handler, "serve_decision", func() map[string]form.Values {
		return map[string]form.Values{"送达回证": l.receipt(l.m, "行政处罚决定书", 14)}
	}, sealed)
}

// performed plans payment and closing.
func (l *life) performed(days int) {
	if l.m.Fine > 0 {
		l.paid(days, "罚款", l.m.Fine)
		days = 1
	}
	if l.m.Gain > 0 {
		l.paid(0, "没收违法所得", l.m.Gain)
	}
	l.step(days, l.m.Handler, "confirm_performance", func() map[string]form.Values {
		return map[string]form.Values{"履行确认登记": {"manner": "当事人已全部履行。", "others_done": true, "performed_on": l.today().String()}}
	})
}

// filed plans the end of the case.
func (l *life) filed() {
	l.step(3, "lu", "close", func() map[string]form.Values {
		return l.closePapers(l.m, "行政处罚决定执行完毕", l.m.sentence(), "当事人已全部履行。")
	})
	l.archived(8)
}

// archived plans the filing of the dossier so many working days after the case was closed.
func (l *life) archived(days int) {
	l.step(days, "fang", "archive", func() map[string]form.Values { return l.archivePapers(l.m, l.number()) })
}

// number is the eight-figure number of the dossier (year and serial, rulebook AR-02).
func (l *life) number() string {
	n := 0
	for _, r := range l.id {
		n = (n*33 + int(r)) % 9999
	}
	return l.today().String()[:4] + pad(n)
}

func pad(n int) string {
	text := ""
	for range 4 {
		text = string(rune('0'+n%10)) + text
		n /= 10
	}
	return text
}

// published plans the publication of the decision: prepared, checked by a second person, published.
func (l *life) published(days int) {
	l.then(days, "prepare publication", func() error { return l.prepare("su", "tang") })
}

// prepare takes the publication of each decision of the case from due to published.
func (l *life) prepare(maker, checker string) error {
	decisions, err := l.publications()
	if err != nil {
		return err
	}
	room := l.House.Disclosure
	for _, id := range decisions {
		draft, err := room.Draft(l.ctx, l.Actors[maker], id)
		if err != nil {
			return err
		}
		var marks []redact.Decision
		for _, s := range draft.Spans {
			// The maker looks at each doubtful span: here none of them is a person's, so it stays readable.
			marks = append(marks, redact.Decision{Span: s, Accept: s.Sure, By: l.Actors[maker].Account})
		}
		if err := room.Prepare(l.ctx, l.Actors[maker], id, disclosure.Prepared{Decisions: marks}); err != nil {
			return err
		}
		p, _, err := room.Get(l.ctx, l.Actors[checker], id)
		if err != nil {
			return err
		}
		if err := room.Check(l.ctx, l.Actors[checker], id, p.ContentHash); err != nil {
			return err
		}
		if err := room.Publish(l.ctx, l.Actors[maker], id, p.ContentHash); err != nil {
			return err
		}
	}
	return nil
}

// publications lists the publications that the decisions of the case owe.
func (l *life) publications() ([]string, error) {
	view, err := l.House.Cases.Open(l.ctx, l.Actors["lu"], l.id)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range view.Parties {
		if p.Decision.ID == "" {
			continue
		}
		found, _, err := l.House.Disclosure.OfDecision(l.ctx, l.Actors["su"], p.Decision.ID)
		if err != nil {
			return nil, err
		}
		ids = append(ids, found.ID)
	}
	return ids, nil
}

// submitted plans the submission of the drafted decision for legal review.
func (l *life) submitted(days int) {
	l.then(days, "submit_review", func() error {
		actor := l.Actors[l.m.Handler]
		papers, err := l.papers(actor, l.id, "", "submit_review", l.submitPapers(l.m))
		if err != nil {
			return err
		}
		l.review, err = l.House.Review.Submit(l.ctx, actor, casefile.Act{Case: l.id, Papers: papers})
		return err
	})
}

// consulted lets the agency's counsel speak in a review, as the law wants in complex cases (duty 22).
func consulted(l *life, reviewer string) {
	l.then(1, "consult_counsel", func() error {
		return l.onReview(reviewer, "consult_counsel", map[string]form.Values{"顾问意见登记": {"counsel": Counsel()[0].Name, "opinion": "事实认定有证据支持，建议写明裁量理由。", "given_on": l.today().String()}})
	})
}

// reviewed plans the acceptance of the materials, what the reviewer does meanwhile, and a verdict.
func (l *life) reviewed(reviewer, verdict string, meanwhile ...func(*life, string)) {
	l.then(1, "accept_review", func() error {
		return l.onReview(reviewer, "accept_review", map[string]form.Values{"受理审核登记": {"complete": true}})
	})
	for _, do := range meanwhile {
		do(l, reviewer)
	}
	code := map[string]flow.Code{"同意": "pass_review", "退回补正": "return_review", "不同意": "refuse_review"}[verdict]
	l.then(2, string(code), func() error { return l.onReview(reviewer, code, l.opinionPapers(l.m, verdict, reviewer)) })
}

func (l *life) onReview(who string, step flow.Code, over map[string]form.Values) error {
	filled := map[string]form.Values{}
	err := l.House.DB.Read(l.ctx, func(tx *db.Tx) error {
		for kind, values := range over {
			d, err := l.House.Review.Draft(tx, l.Actors[who], l.review, step, kind)
			if err != nil {
				return err
			}
			for name, value := range values {
				d.Values[name] = value
			}
			filled[kind] = d.Values
		}
		return nil
	})
	if err != nil {
		return err
	}
	return l.House.Review.Take(l.ctx, l.Actors[who], review.Act{Review: l.review, Step: step, Papers: filled})
}

// recorded attaches what a camera took: here a second of silence.
func (l *life) recorded(name string) error {
	const rate = 8000
	sound := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x08\x00data\x00\x00\x00\x00")
	binary.LittleEndian.PutUint32(sound[4:], uint32(len(sound)-8+rate))
	binary.LittleEndian.PutUint32(sound[24:], rate)
	binary.LittleEndian.PutUint32(sound[28:], rate)
	binary.LittleEndian.PutUint32(sound[40:], rate)
	sound = append(sound, bytes.Repeat([]byte{0x80}, rate)...)
	digest, size, err := l.House.Blobs.Put(bytes.NewReader(sound), int64(len(sound)))
	if err != nil {
		return err
	}
	_, err = l.House.Cases.Attach(l.ctx, l.Actors[l.m.Handler], document.Attachment{Case: l.id, Kind: "录音录像", Name: name, MIME: "audio/wav", Size: size, Digest: string(digest)})
	return err
}
