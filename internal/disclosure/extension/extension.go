package extension

import (
	"fmt"
	"slices"

	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Request is why the last day for publishing moves. Ground and document are public; the reason stays on file.
type Request struct {
	Ground   string // one of law.ExtendGrounds
	Document string // the letter to the third party, or the notice of the State Council
	AskedOn  string // for a third party: the day on which it got the letter
	Days     int    // for a third party: the working days that it has
	Reason   string // for the file
	Approver string // account of the head who approved it; another person than the actor and the maker
}

// Check tells what of it cannot be used.
func (q Request) Check() error {
	fields := map[string]string{}
	if q.Document == "" {
		fields["document"] = "请填写所依据的文书及文号，例如征求意见书的文号，或者国务院办公厅通知的文号。"
	}
	if q.Reason == "" {
		fields["reason"] = "请写明推迟的具体情况，存入案卷。"
	}
	if q.Approver == "" {
		fields["approver"] = "推迟公示应当由办理人以外的机关负责人批准，请选择批准人。"
	}
	if _, err := workday.ParseDay(q.AskedOn); q.AskedOn != "" && err != nil {
		fields["asked_on"] = "日期应写成2026-11-24的形式。"
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "推迟公示的登记不完整。", Fields: fields}
	}
	return nil
}

// Of is the publication whose last day moves.
type Of struct{ ID, Agency, Case, Party string }

// Extension is a request with the day that comes of it.
type Extension struct {
	Request
	Until, To workday.Day // the last day that stands still, and the last day for publishing
	of        Of
	before    bool // the last day has moved for a third party once
	clock     deadline.Clock
}

// Work works the new last day out: the clock of the publication, with the time of the third party left out, by the calendar
// of today.
func Work(tx *db.Tx, calendar *workday.Calendar, of Of, q Request) (*Extension, error) {
	e := &Extension{Request: q, of: of}
	if err := tx.Row(`SELECT count(*) > 0 FROM publication_extension WHERE publication = $1 AND ground = $2`, of.ID, law.ExtendThirdParty).Scan(&e.before); err != nil {
		return nil, fmt.Errorf("disclosure: extensions of %s: %w", of.ID, err)
	}
	clocks, err := deadline.Of(tx, of.Case)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(clocks, func(c deadline.Clock) bool {
		return c.Party == of.Party && c.State == deadline.Open && slices.Contains(c.Done, "publish")
	})
	if i < 0 {
		return nil, fmt.Errorf("disclosure: extend %s: it has no open clock", of.ID)
	}
	e.clock = clocks[i]
	if asked := e.asked(); q.Ground == law.ExtendThirdParty && !asked.IsZero() && q.Days > 0 {
		if e.Until, err = calendar.AddWorkdays(asked, q.Days); err != nil {
			return nil, fmt.Errorf("disclosure: extend %s: %w", of.ID, err)
		}
		e.clock.Stops = append(slices.Clone(e.clock.Stops), workday.Stop{From: asked.AddDays(1), To: e.Until, Reason: law.ExtendThirdParty})
	}
	result, err := e.clock.Explain(calendar)
	if err != nil {
		return nil, fmt.Errorf("disclosure: extend %s: %w", of.ID, err)
	}
	e.To = result.Due
	return e, nil
}

// asked is the day of asking; the zero Day where there is none.
func (e *Extension) asked() workday.Day {
	d, err := workday.ParseDay(e.AskedOn)
	if err != nil {
		return workday.Day{}
	}
	return d
}

// Tell puts what is asked for into the facts of the act.
func (e *Extension) Tell(f *law.Facts) {
	f.ExtendGround, f.ExtendDocument, f.ExtendFrom, f.ExtendDays = e.Ground, e.Document, e.asked(), e.Days
	f.ExtendTo, f.ExtendedBefore = e.To, e.before
}

// Keep writes the row of the extension and starts the clock anew.
func (e *Extension) Keep(tx *db.Tx, calendar *workday.Calendar, before, by string) error {
	if _, err := tx.Exec(`INSERT INTO publication_extension (id, agency, publication, ground, document, reason, asked_on, until_on, due_before, due_on,
		decided_by, approver, recorded_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, tx.NewID(), e.of.Agency, e.of.ID, e.Ground, e.Document,
		e.Reason, e.AskedOn, e.Until.String(), before, e.To.String(), by, e.Approver, workday.DayOf(tx.Now()).String()); err != nil {
		return err
	}
	if err := deadline.Drop(tx, e.of.Case, e.of.Party, e.clock.Param); err != nil {
		return err
	}
	_, err := deadline.Start(tx, calendar, e.clock)
	return err
}
