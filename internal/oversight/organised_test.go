package oversight_test

import (
	"mingjing/internal/db"
	"mingjing/internal/oversight/undertaking"
	"mingjing/internal/pack"
	"mingjing/internal/returns"
	"mingjing/internal/roster"
	"mingjing/internal/rulebook"
)

// organise keeps the duties that are no case: every text, one undertaking of every kind and choice, and the annual return.
func (b *bureau) organise() {
	b.T.Helper()
	b.Must(b.Write(func(tx *db.Tx) error {
		for _, d := range b.house.Pack.Deliverables() {
			if !d.Kept {
				continue
			}
			t := rulebook.Text{Number: "云民〔2026〕3号", Source: rulebook.Provincial, From: b.Today(), Sections: map[string]string{}}
			for _, name := range rulebook.Sections(d) {
				t.Sections[name] = name + "的规定。"
			}
			if _, err := rulebook.Adopt(tx, b.Administrator, d, t); err != nil {
				return err
			}
		}
		_, err := returns.Send(tx, b.Supervisor, b.Books.Law.Values(b.Today()).Order(), returns.Return{Year: b.Today().Year() - 1, Recipient: "云山市司法局", Sent: returns.DueDay(b.Today().Year() - 1), Receipt: "SJ-1", Late: "补录"})
		if err != nil {
			return err
		}
		for _, kind := range b.house.Pack.Undertakings(b.Today()) {
			options := []string{""}
			if f, ok := kind.Field(kind.Each); ok {
				options = f.Options
			}
			for _, option := range options {
				if err := b.undertake(tx, kind, option); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

// share delivers once more what went to the platform too long ago by now.
func (b *bureau) share() {
	b.T.Helper()
	b.Must(b.Write(func(tx *db.Tx) error {
		kind, _ := undertaking.KindOf(b.house.Pack, "sharing", b.Today())
		return b.undertake(tx, kind, "")
	}))
}

// undertake enters an undertaking of a kind, of one of its choices, with everybody, and settles it where that is asked.
func (b *bureau) undertake(tx *db.Tx, kind pack.Undertaking, option string) error {
	u := undertaking.Undertaking{Kind: kind.Code, On: b.Today(), Values: filled(kind.Fields, b.Approver.Name)}
	if kind.Each != "" {
		u.Values[kind.Each] = option
	}
	if kind.Due != "" {
		u.Due = b.Today().AddDays(10)
	}
	if kind.Attended != "" {
		list, err := roster.Officers(tx, b.Agency.Code, b.Today(), roster.Filter{Valid: true}, "", 200)
		if err != nil {
			return err
		}
		for _, e := range list {
			u.Officers = append(u.Officers, e.ID)
		}
	}
	u, err := undertaking.Enter(tx, b.Supervisor, b.house.Pack, u)
	if err != nil || kind.Settle == "" {
		return err
	}
	return undertaking.Settle(tx, b.Supervisor, b.house.Pack, u.ID, b.Today(), filled(kind.Outcome, ""), "")
}

func filled(fields []pack.UndertakingField, head string) map[string]string {
	values := map[string]string{}
	for _, f := range fields {
		switch f.Type {
		case pack.FieldNumber:
			values[f.Name] = "2026"
		case pack.FieldChoice:
			values[f.Name] = f.Options[0]
		case pack.FieldHead:
			values[f.Name] = head
		default:
			values[f.Name] = f.Label + "的记载"
		}
	}
	return values
}

// disorganise lets one thing of each of these duties be missed.
func (b *bureau) disorganise() {
	b.T.Helper()
	b.past("rule_text", `UPDATE rule_text SET body = replace(body, '"载体":', '"纸张":') WHERE code = 'SP-01'`)
	b.past("rule_text", `UPDATE rule_text SET body = replace(body, '"种类":', '"品种":') WHERE code = 'SP-27'`)
	b.past("rule_text", `UPDATE rule_text SET body = replace(body, '"正文":', '"副文":'), source = '本机关制定' WHERE code = 'SP-17'`)
	b.past("annual_return", `UPDATE annual_return SET sent_on = '2026-02-05'`)
	b.past("undertaking", `UPDATE undertaking SET kind = 'forgotten' WHERE kind = 'group'`)
	b.past("undertaking", `UPDATE undertaking SET on_day = '2020-01-01' WHERE kind IN ('meeting', 'sharing', 'upward', 'budget')`)
	b.past("undertaking", `UPDATE undertaking SET settled_on = '' WHERE kind = 'annual-plan'`)
	b.past("undertaking", `UPDATE undertaking SET settled_on = '' WHERE kind = 'equipment-plan' AND body LIKE '%设施建设规划"%'`)
	b.past("undertaking", `UPDATE undertaking SET on_day = '2020-01-01' WHERE kind = 'appraisal' AND body LIKE '%依法行政考核"%'`)
	b.past("undertaking", `UPDATE undertaking SET on_day = '2020-01-01', settled_on = '2030-01-01' WHERE kind IN ('problem', 'guidance', 'notice')`)
}
