package board

import (
	"net/url"
	"strconv"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/oversight/undertaking"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/returns"
	"mingjing/internal/roster"
	"mingjing/internal/rulebook"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// deeds are the acts that a person may do for a duty.
func (r room) deeds(v *seat.Visitor, k keeping) ([]seat.Deed, error) {
	var deeds []seat.Deed
	if v.May(access.RulebookManage, access.Thing{Kind: "rule"}) {
		for _, d := range k.texts {
			deeds = append(deeds, r.adopting(v, k, d))
		}
	}
	if k.No == annual && v.May(access.ReturnSend, access.Thing{Kind: "return"}) {
		deeds = append(deeds, r.sending(v))
	}
	if !v.May(access.UndertakingKeep, access.Thing{Kind: "undertaking"}) {
		return deeds, nil
	}
	for _, kind := range k.kinds {
		d, err := r.entering(v, k, kind)
		if err != nil {
			return nil, err
		}
		deeds = append(deeds, d)
	}
	return deeds, nil
}

// dayOf reads a day of a form; what is no day is refused beside its field, nothing is nothing.
func dayOf(typed url.Values, name string) (workday.Day, error) {
	text := seat.Text(typed, name)
	if text == "" {
		return workday.Day{}, nil
	}
	d, err := workday.ParseDay(text)
	if err != nil {
		return d, refusal.Field(name, "日期应写成2026-11-24的形式。")
	}
	return d, nil
}

func choices(values []string) []seat.Option {
	list := make([]seat.Option, len(values))
	for i, value := range values {
		list[i] = seat.Option{Value: value, Text: value}
	}
	return list
}

// adopting enters a version of a text.
func (r room) adopting(v *seat.Visitor, k keeping, d pack.Deliverable) seat.Deed {
	fields := []seat.Field{{Name: "number", Label: "文号", Required: true}, {Name: "source", Label: "来源", Control: seat.Select, Options: choices(rulebook.Sources()), Required: true},
		{Name: "from", Label: "施行日期", Control: seat.Date, Required: true, Value: v.Today().String()}}
	for i, name := range rulebook.Sections(d) {
		fields = append(fields, seat.Field{Name: rulebook.FieldOf(i), Label: name, Control: seat.Area, Required: true})
	}
	return seat.Deed{Name: "adopt-" + d.Code, Form: seat.Form{Fold: "登记《" + d.Title + "》", Lead: "登记新的文本以后，原来的文本到前一日为止，仍可查看。", Submit: "登记", Fields: fields}, Do: func(typed url.Values) (string, string, error) {
		t := rulebook.Text{Number: seat.Text(typed, "number"), Source: typed.Get("source"), Sections: map[string]string{}}
		for i, name := range rulebook.Sections(d) {
			t.Sections[name] = seat.Text(typed, rulebook.FieldOf(i))
		}
		var err error
		if t.From, err = dayOf(typed, "from"); err != nil {
			return "", "", err
		}
		err = v.Write(func(tx *db.Tx) (err error) { t, err = rulebook.Adopt(tx, v.Actor, d, t); return err })
		return "已登记。", recordsOf(k.No) + "/" + t.ID, err
	}}
}

// sending writes down that an annual return was sent.
func (r room) sending(v *seat.Visitor) seat.Deed {
	last := strconv.Itoa(v.Today().Year() - 1)
	return seat.Deed{Name: "send", Form: seat.Form{Fold: "登记年报上报", Lead: "行政处罚的件数和金额由系统按该年度的决定计算，随年报一起保存。", Submit: "登记上报", Grave: true, Fields: []seat.Field{
		{Name: "year", Label: "年度", Required: true, Value: last}, {Name: "recipient", Label: "上报的司法行政部门", Required: true, Value: r.House.Pack.Supervisor()}, {Name: "sent", Label: "上报日期", Control: seat.Date, Required: true, Value: v.Today().String()},
		{Name: "receipt", Label: "签收编号", Required: true}, {Name: "paper", Label: "没有在系统内办理的件数", Hint: "纸质办理的行政处罚，没有的不填。"}, {Name: "paper_amount", Label: "没有在系统内办理的罚没金额（元）"},
		{Name: "late", Label: "补录的理由", Hint: "上报3日以后登记的填写。"}}}, Do: func(typed url.Values) (string, string, error) {
		s, err := returnOf(typed)
		if err != nil {
			return "", "", err
		}
		order := r.House.Cases.Books().Law.Values(v.Today()).Order()
		err = v.Write(func(tx *db.Tx) (err error) { s, err = returns.Send(tx, v.Actor, order, s); return err })
		return "已登记上报。", recordsOf(annual) + "/" + s.ID, err
	}}
}

func returnOf(typed url.Values) (returns.Return, error) {
	s := returns.Return{Recipient: seat.Text(typed, "recipient"), Receipt: seat.Text(typed, "receipt"), Late: seat.Text(typed, "late")}
	wrong := map[string]string{}
	number := func(field string) int {
		text := seat.Text(typed, field)
		n, err := strconv.Atoi(text)
		if text != "" && err != nil {
			wrong[field] = "应填写整数。"
		}
		return n
	}
	s.Year, s.Figures.Paper = number("year"), number("paper")
	if text := seat.Text(typed, "paper_amount"); text != "" {
		amount, err := zh.ParseFen(text)
		if err != nil {
			wrong["paper_amount"] = err.Error()
		}
		s.Figures.PaperOf = amount
	}
	var err error
	if s.Sent, err = dayOf(typed, "sent"); err != nil {
		return s, err
	}
	if len(wrong) > 0 {
		return s, refusal.Invalid{Fields: wrong}
	}
	return s, nil
}

// fieldsOf are the fields of a kind on a form.
func (r room) fieldsOf(v *seat.Visitor, fields []pack.UndertakingField) ([]seat.Field, error) {
	var list []seat.Field
	for _, f := range fields {
		field := seat.Field{Name: f.Name, Label: f.Label, Required: !f.Optional}
		switch f.Type {
		case pack.FieldText:
			field.Control = seat.Area
		case pack.FieldChoice:
			field.Control, field.Options = seat.Select, choices(f.Options)
		case pack.FieldHead:
			var heads []string
			if err := v.Read(func(tx *db.Tx) (err error) { heads, err = undertaking.Heads(tx, v.Agency); return err }); err != nil {
				return nil, err
			}
			field.Control, field.Options = seat.Select, choices(heads)
		}
		list = append(list, field)
	}
	return list, nil
}

// entering writes down an undertaking.
func (r room) entering(v *seat.Visitor, k keeping, kind pack.Undertaking) (seat.Deed, error) {
	fields := []seat.Field{{Name: "on", Label: "日期", Control: seat.Date, Required: true, Value: v.Today().String()}}
	own, err := r.fieldsOf(v, kind.Fields)
	fields = append(fields, own...)
	if err == nil && kind.Attended != "" {
		var options []seat.Option
		options, err = r.officers(v)
		fields = append(fields, seat.Field{Name: "officers", Label: kind.Attended, Control: seat.Boxes, Options: options, Required: true})
	}
	if kind.Due != "" {
		fields = append(fields, seat.Field{Name: "due", Label: kind.Due, Control: seat.Date, Required: true})
	}
	fields = append(fields, seat.Field{Name: "late", Label: "补录的理由", Hint: "发生3日以后登记的填写。"})
	return seat.Deed{Name: "enter-" + kind.Code, Form: seat.Form{Fold: "登记：" + kind.Title, Lead: "登记以后不能修改。", Submit: "登记", Fields: fields}, Do: func(typed url.Values) (string, string, error) {
		u := undertaking.Undertaking{Kind: kind.Code, Late: seat.Text(typed, "late"), Values: typedValues(kind.Fields, typed), Officers: typed["officers"]}
		var err error
		if u.On, err = dayOf(typed, "on"); err != nil {
			return "", "", err
		}
		if u.Due, err = dayOf(typed, "due"); err != nil {
			return "", "", err
		}
		err = v.Write(func(tx *db.Tx) (err error) { u, err = undertaking.Enter(tx, v.Actor, r.House.Pack, u); return err })
		return "已登记。", recordsOf(k.No) + "/" + u.ID, err
	}}, err
}

// officers are those who hold a valid certificate, for a choice.
func (r room) officers(v *seat.Visitor) ([]seat.Option, error) {
	var options []seat.Option
	err := v.Read(func(tx *db.Tx) error {
		for after := ""; ; {
			list, err := roster.Officers(tx, v.Agency, v.Today(), roster.Filter{Valid: true}, after, 200)
			if err != nil || len(list) == 0 {
				return err
			}
			for _, e := range list {
				after = e.ID
				options = append(options, seat.Option{Value: e.ID, Text: e.Name, Hint: e.UnitName})
			}
		}
	})
	return options, err
}

// settling ends an undertaking.
func (r room) settling(v *seat.Visitor, kind pack.Undertaking) seat.Deed {
	fields := []seat.Field{{Name: "on", Label: "办结的日期", Control: seat.Date, Required: true, Value: v.Today().String()}}
	for _, f := range kind.Outcome {
		field := seat.Field{Name: f.Name, Label: f.Label, Required: !f.Optional, Options: choices(f.Options)}
		switch f.Type {
		case pack.FieldText:
			field.Control = seat.Area
		case pack.FieldChoice:
			field.Control = seat.Select
		}
		fields = append(fields, field)
	}
	fields = append(fields, seat.Field{Name: "late", Label: "补录的理由", Hint: "发生3日以后登记的填写。"})
	return seat.Deed{Name: "settle", Form: seat.Form{Title: kind.Settle, Submit: "登记", Fields: fields}, Do: func(typed url.Values) (string, string, error) {
		on, err := dayOf(typed, "on")
		if err != nil {
			return "", "", err
		}
		return "已登记。", "", v.Write(func(tx *db.Tx) error {
			return undertaking.Settle(tx, v.Actor, r.House.Pack, v.Path("id"), on, typedValues(kind.Outcome, typed), seat.Text(typed, "late"))
		})
	}}
}
