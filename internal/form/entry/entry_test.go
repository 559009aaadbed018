package entry

import (
	"slices"
	"testing"
)

func TestATimeIsUnderstoodAndSaid(t *testing.T) {
	field := Field{Name: "at", Label: "时间", Type: "datetime"}
	for typed, want := range map[string]string{"2026-03-02T09:05": "2026年3月2日9时05分", "2026年3月2日14时30分": "2026年3月2日14时30分",
		"2026/3/2 00:00": "2026年3月2日0时00分", "2026-03-02 25:00": "", "2026-03-02": ""} {
		value, message := Of(field).Parse(field, typed)
		if (want == "") != (message != "") {
			t.Errorf("%s: message %q", typed, message)
		}
		if want != "" && Of(field).Say(field, value, "") != want {
			t.Errorf("%s is said %s", typed, Of(field).Say(field, value, ""))
		}
	}
}

func TestStoredFractionsAndTrailingTextAreRefused(t *testing.T) {
	for _, data := range []string{`{"fine": 1.5}`, `{"a": 1} {}`, `[]`, `{"a": {"b": [0.1]}}`, ``} {
		if _, err := ParseValues([]byte(data)); err == nil {
			t.Errorf("%s was read", data)
		}
	}
}

func TestEveryTypeReadsBackWhatItShows(t *testing.T) {
	samples := map[string]any{"line": "甲", "text": "甲\n乙", "choice": "乙", "bool": true, "date": "2026-03-02",
		"datetime": "2026-03-02T09:30", "money": int64(300050), "number": int64(7)}
	for _, name := range Types() {
		kind, ok := Named(name)
		if !ok {
			t.Errorf("there is no type %s", name)
		}
		if kind.Shape != Single {
			if (kind.Parts == nil) != (kind.Shape == Many) {
				t.Errorf("%s: parts and shape do not fit", name)
			}
			continue
		}
		field := Field{Name: "x", Label: "内容", Type: name, Options: []string{"甲", "乙"}}
		value, message := kind.Parse(field, kind.Show(field, samples[name]))
		if message != "" || value != samples[name] {
			t.Errorf("%s: %v came back as %v, %s", name, samples[name], value, message)
		}
		if kind.Say(field, samples[name], "") == "" {
			t.Errorf("%s says nothing", name)
		}
	}
}

func TestDecimalsStayText(t *testing.T) {
	field := Field{Name: "area", Label: "面积", Type: "number", Decimals: 2}
	for typed, want := range map[string]any{"12.5": "12.5", "1,000.25": "1000.25", "12.505": nil, "1e3": nil, "NaN": nil, "": "", "-3": "-3"} {
		value, message := Of(field).Parse(field, typed)
		if (want == nil) != (message != "") || want != nil && value != want {
			t.Errorf("%q: %v, %s", typed, value, message)
		}
	}
}

func TestWideFiguresAreReadAsThePlainOnesAndNothingIsCountedBelowZero(t *testing.T) {
	for _, c := range []struct {
		kind, typed string
		want        any
	}{
		{"date", "２０２６年１１月３０日", "2026-11-30"}, {"date", "２０２６－１１－３０", "2026-11-30"}, {"date", "２０２６．１１．３０", "2026-11-30"},
		{"datetime", "２０２６年１１月３０日 １４：０５", "2026-11-30T14:05"}, {"datetime", "２０２６年１１月３０日１４时０５分", "2026-11-30T14:05"},
		{"number", "１２", int64(12)}, {"number", "１，２００", int64(1200)}, {"number", "0", int64(0)}, {"money", "３，０００．５０", int64(300050)}, {"money", "３万元", int64(3000000)},
		{"number", "-5", nil}, {"number", "－５", nil}, {"money", "－５", nil},
	} {
		field := Field{Name: "x", Label: "内容", Type: c.kind}
		value, message := Of(field).Parse(field, c.typed)
		if (c.want == nil) != (message != "") || c.want != nil && value != c.want {
			t.Errorf("%s %q: %v, %s", c.kind, c.typed, value, message)
		}
	}
}

func TestNamedChecksSayWhatIsWrong(t *testing.T) {
	field := Field{Label: "内容"}
	cases := []struct {
		check, text string
		passes      bool
	}{
		{"credit-code", "11220000013544357T", true}, {"credit-code", "11220000013544357X", false},
		{"citizen-id", "11010519491231002X", true}, {"citizen-id", "110105194912310021", false},
		{"phone", "13900000000", true}, {"phone", "0434-3222222", true}, {"phone", "12345", false},
		{"url", "https://example.org", true}, {"url", "javascript:alert(1)", false},
		{"positive", "0.00", false}, {"positive", "-1", false}, {"positive", "0.01", true},
		{"true", "是", true}, {"true", "否", false},
	}
	for _, c := range cases {
		if message := Check(c.check, field, c.text); (message == "") != c.passes {
			t.Errorf("%s of %s: %q", c.check, c.text, message)
		}
		if !slices.Contains(Checks(), c.check) {
			t.Errorf("%s is no listed check", c.check)
		}
	}
}

func TestConditionsJudgeARow(t *testing.T) {
	row := map[string]any{"kind": "自然人", "told": true, "kinds": []any{"警告", "罚款"}, "name": " "}
	for condition, want := range map[Condition]bool{
		"kind": true, "!kind": false, "name": false, "!name": true, "kind=自然人": true, "kind!=自然人": false,
		"kind=甲|自然人": true, "kinds=罚款": true, "kinds=没收": false, "told=是": true, "told=否": false, "absent!=甲": true,
	} {
		if got := condition.Holds(row); got != want {
			t.Errorf("%s is %v", condition, got)
		}
	}
}
