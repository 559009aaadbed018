package party

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// Party is one 当事人 of a case with the state of its own track.
type Party struct {
	ID, Agency, Case string
	Ordinal          int
	// Kind is one of the words of form: 法人或者其他组织, 个体工商户, 自然人.
	Kind, Name, Code, CitizenID string
	Birth                       workday.Day
	// Details are all parts of the 当事人 as typed, by the part names of form.
	Details map[string]any
	Track   flow.State
	Item    string
	// Catalogue: the review catalogue has been checked. Major never turns back.
	Catalogue, Major bool
	// NoticeOn is the day on which the latest notice took effect, WindowUntil the last day of its windows.
	NoticeOn, WindowUntil workday.Day
	// Waived: every right that a window protects was waived in writing.
	Waived bool
	// HearingOpen: a hearing was asked for and has not ended.
	HearingOpen    bool
	NotifiedRank   int
	NotifiedAmount zh.Fen
}

// LawKind is the kind that the law's two limits know: a trader answers as a citizen (行政处罚法第五十一条).
func (p Party) LawKind() law.PartyKind {
	if p.Kind == "法人或者其他组织" {
		return law.Organisation
	}
	return law.Citizen
}

// PublicName is the name as it may be shown outside: an organisation's in full, a person's by the surname (张某).
func (p Party) PublicName() string {
	if p.Kind != "自然人" {
		return p.Name
	}
	return form.ShortName(p.Name)
}

// AgeOn is the age in full years on a day; 0 when no birth day is known.
func (p Party) AgeOn(day workday.Day) int {
	if p.Birth.IsZero() || day.IsZero() {
		return 0
	}
	age := day.Year() - p.Birth.Year()
	if p.Birth.AddMonths(age * 12).After(day) {
		age--
	}
	return age
}

// Add writes a new party from the parts of a 当事人 field.
func Add(tx *db.Tx, agency, caseID, item string, ordinal int, details map[string]any, start flow.State) (Party, error) {
	p := Party{ID: tx.NewID(), Agency: agency, Case: caseID, Ordinal: ordinal, Track: start, Item: item}
	p.describe(tx, details)
	body, err := json.Marshal(details)
	if err != nil {
		return Party{}, fmt.Errorf("party: add: %w", err)
	}
	_, err = tx.Exec(`INSERT INTO party (id, agency, case_id, ordinal, kind, name, code, citizen_id, birth, details, name_key, track, item,
		catalogue, major, notice_on, window_until, waived, hearing_open, notified_rank, notified_amount)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, FALSE, FALSE, '', '', FALSE, FALSE, 0, 0)`,
		p.ID, agency, caseID, ordinal, p.Kind, p.Name, p.Code, p.CitizenID, p.Birth.String(), string(body), zh.Key(p.Name), string(p.Track), item)
	if err != nil {
		return Party{}, fmt.Errorf("party: add: %w", err)
	}
	return p, nil
}

// describe takes over who the party is.
func (p *Party) describe(tx *db.Tx, details map[string]any) {
	text := func(name string) string { s, _ := details[name].(string); return strings.TrimSpace(s) }
	p.Kind, p.Name, p.Code, p.CitizenID, p.Details, p.Birth = text("kind"), text("name"), text("code"), text("id"), details, workday.Day{}
	if day, err := workday.ParseDay(text("birth")); err == nil {
		p.Birth = day
	} else if id, err := zh.ParseCitizenID(p.CitizenID, workday.DayOf(tx.Now()).Date()); err == nil {
		if day, err := workday.FromDate(id.Birth()); err == nil {
			p.Birth = day
		}
	}
}

// Correct writes who the party is anew; the room judged that it may.
func Correct(tx *db.Tx, p Party, details map[string]any) (Party, error) {
	p.describe(tx, details)
	body, err := json.Marshal(details)
	if err == nil {
		_, err = tx.Exec(`UPDATE party SET name = $2, code = $3, citizen_id = $4, birth = $5, details = $6, name_key = $7 WHERE id = $1`,
			p.ID, p.Name, p.Code, p.CitizenID, p.Birth.String(), string(body), zh.Key(p.Name))
	}
	if err != nil {
		return Party{}, fmt.Errorf("party: correct %s: %w", p.ID, err)
	}
	return p, nil
}

// Save writes where the party's track stands now.
func Save(tx *db.Tx, p Party) error {
	_, err := tx.Exec(`UPDATE party SET track = $2, catalogue = $3, major = $4, notice_on = $5, window_until = $6, waived = $7,
		hearing_open = $8, notified_rank = $9, notified_amount = $10, item = $11 WHERE id = $1`, p.ID, string(p.Track), p.Catalogue, p.Major,
		p.NoticeOn.String(), p.WindowUntil.String(), p.Waived, p.HearingOpen, p.NotifiedRank, int64(p.NotifiedAmount), p.Item)
	if err != nil {
		return fmt.Errorf("party: save %s: %w", p.ID, err)
	}
	return nil
}

// partyLimit bounds the parties of one case; real batch cases have some dozens.
const partyLimit = 2000

// Of lists the parties of a case in their order.
func Of(tx *db.Tx, caseID string) ([]Party, error) {
	var list []Party
	err := tx.Each(`SELECT id, agency, case_id, ordinal, kind, name, code, citizen_id, birth, details, track, item, catalogue, major,
		notice_on, window_until, waived, hearing_open, notified_rank, notified_amount FROM party WHERE case_id = $1 ORDER BY ordinal LIMIT $2`,
		[]any{caseID, partyLimit}, func(rows *sql.Rows) error {
			var p Party
			var details, track string
			err := rows.Scan(&p.ID, &p.Agency, &p.Case, &p.Ordinal, &p.Kind, &p.Name, &p.Code, &p.CitizenID, &p.Birth, &details, &track, &p.Item,
				&p.Catalogue, &p.Major, &p.NoticeOn, &p.WindowUntil, &p.Waived, &p.HearingOpen, &p.NotifiedRank, &p.NotifiedAmount)
			if err != nil {
				return err
			}
			p.Track = flow.State(track)
			list = append(list, p)
			return json.Unmarshal([]byte(details), &list[len(list)-1].Details)
		})
	if err != nil {
		return nil, fmt.Errorf("party: of %s: %w", caseID, err)
	}
	return list, nil
}

// Earlier is one decision made against the same party before.
type Earlier struct {
	Case, Number, Item, Penalties string
	DecidedOn                     workday.Day
	Fine                          zh.Fen
}

// historyLimit bounds the history that is read for one party.
const historyLimit = 200

// History lists what was decided against the same party in other cases of the agency: the same credit code or identity
// number, or the same name where neither has one. Annulled decisions do not count.
func History(tx *db.Tx, p Party) ([]Earlier, error) {
	key, column := p.Code, "code"
	switch {
	case p.Code == "" && p.CitizenID != "":
		key, column = p.CitizenID, "citizen_id"
	case p.Code == "":
		key, column = zh.Key(p.Name), "name_key"
	}
	if key == "" {
		return nil, nil
	}
	var list []Earlier
	err := tx.Each(`SELECT d.case_id, d.number, q.item, d.penalties, d.decided_on, d.fine FROM decision d JOIN party q ON q.id = d.party_id
		WHERE q.agency = $1 AND q.`+column+` = $2 AND d.case_id <> $3 AND d.state = 'made' ORDER BY d.decided_on DESC LIMIT $4`,
		[]any{p.Agency, key, p.Case, historyLimit}, func(rows *sql.Rows) error {
			var e Earlier
			if err := rows.Scan(&e.Case, &e.Number, &e.Item, &e.Penalties, &e.DecidedOn, &e.Fine); err != nil {
				return err
			}
			list = append(list, e)
			return nil
		})
	if err != nil {
		return nil, fmt.Errorf("party: history: %w", err)
	}
	return list, nil
}
