package desk

import (
	"encoding/json"
	"net/http"
	"strings"

	"mingjing/internal/form"
	"mingjing/internal/form/entry"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// checked is what is echoed under a field while somebody types.
type checked struct {
	Text  string `json:"text"`
	Fault bool   `json:"fault"`
}

// check tells of one typed value whether it can be used and how it was understood. It comes by POST, so that what is typed
// stands in no log of an address.
func (d *Desk) check(v *seat.Visitor) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	value := typed.Get("value")
	if len(value) > 400 {
		value = value[:400]
	}
	body, err := json.Marshal(checkOf(typed.Get("kind"), strings.TrimSpace(value), v.Today()))
	if err != nil {
		return err
	}
	v.Bytes(http.StatusOK, "application/json; charset=utf-8", body)
	return nil
}

func checkOf(kind, value string, today workday.Day) checked {
	if value == "" {
		return checked{}
	}
	switch kind {
	case "credit-code":
		code, err := zh.ParseCreditCode(value)
		return echo("统一社会信用代码校验通过："+string(code), err)
	case "citizen-id":
		id, err := zh.ParseCitizenID(value, today.Date())
		if err != nil {
			return checked{Text: err.Error(), Fault: true}
		}
		return checked{Text: "校验通过，出生日期" + zh.FormatDay(id.Birth())}
	case "number-of-document":
		n, err := zh.ParseNumber(value)
		return echo("文号："+n.String(), err)
	}
	return typedAs(kind, value)
}

// typedAs reads a value as the field type of that name does, and says it back in words.
func typedAs(kind, value string) checked {
	types := map[string]string{"money": "money", "date": "date", "datetime": "datetime", "number": "number"}
	name, ok := types[kind]
	if !ok {
		return checked{}
	}
	field := form.Field{Name: "value", Label: "此项", Type: name}
	t := entry.Of(field)
	parsed, message := t.Parse(field, value)
	if message != "" {
		return checked{Text: message, Fault: true}
	}
	if fen, ok := parsed.(int64); ok && name == "money" {
		return checked{Text: "大写：" + zh.Fen(fen).Upper() + "（" + zh.Fen(fen).String() + "）"}
	}
	return checked{Text: t.Say(field, parsed, "")}
}

func echo(text string, err error) checked {
	if err != nil {
		return checked{Text: err.Error(), Fault: true}
	}
	return checked{Text: text}
}
