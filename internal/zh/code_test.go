package zh

import (
	"strings"
	"testing"
)

func TestEveryCreditCodeVectorIsJudgedRightly(t *testing.T) {
	rows := sharedTable(t, "standards/data/uscc-vectors.csv")
	if len(rows) != 25 {
		t.Fatalf("%d vectors, want 25", len(rows))
	}
	for _, row := range rows {
		code, err := ParseCreditCode(row["code"])
		if row["valid"] == "0" {
			if err == nil {
				t.Errorf("%q was accepted: %s", row["code"], row["name_or_reason"])
				continue
			}
			isFault(t, err, row["code"])
			continue
		}
		if err != nil || string(code) != row["code"] {
			t.Errorf("%q: %v", row["code"], err)
			continue
		}
		if code[17:] != CreditCode(row["check_char"]) || !strings.HasSuffix(code.Org().String(), "-"+row["org_code_check"]) {
			t.Errorf("%q: checks %s and %s", code, code[17:], code.Org())
		}
		if _, err := ParseOrgCode(string(code.Org())); err != nil {
			t.Errorf("%q: its organisation code fails: %v", code, err)
		}
	}
}

func TestLowerCaseCodesAreRefusedUntilNormalised(t *testing.T) {
	if _, err := ParseCreditCode("11220000013544357t"); err == nil {
		t.Error("lower case was accepted")
	}
	for _, typed := range []string{"11220000013544357t", " 1122 0000 0135 44357T ", "１１２２００００013544357Ｔ", "\u200b11220000013544357T"} {
		code, err := ParseCreditCode(NormaliseCreditCode(typed))
		if err != nil || code != "11220000013544357T" {
			t.Errorf("%q: %q, %v", typed, code, err)
		}
	}
	code, err := ParseOrgCode(NormaliseOrgCode("01354435-7"))
	if err != nil || code.String() != "01354435-7" {
		t.Errorf("organisation code: %v, %v", code, err)
	}
}

func TestACreditCodeTellsWhatItsBearerIs(t *testing.T) {
	c := CreditCode("11220000013544357T")
	if c.Division() != "220000" || c.Registrar() != "机构编制" || c.Sort() != "机关" || c.Org() != "013544357" {
		t.Errorf("told %s %s %s %s", c.Division(), c.Registrar(), c.Sort(), c.Org())
	}
	var none CreditCode
	if none.Division()+none.Registrar()+none.Sort()+string(none.Org()) != "" {
		t.Error("the zero code tells something")
	}
}

func TestACodeFaultNamesThePlace(t *testing.T) {
	for text, says := range map[string]string{
		"":                   "请填写",
		"1122000001354435":   "现为16位",
		"1122000001354435IT": "第17位“I”",
		"11220000013544357X": "应为“T”",
		"00000000000000000X": "登记管理部门",
		"11220000013544367T": "第17位",
		"一二三四五六七八九十一二三四五六七八": "第1位“一”",
		"\xff122000001354435": "现为16位",
	} {
		if _, err := ParseCreditCode(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want a message with %s", text, err, says)
		}
	}
}

func TestEveryCitizenIDVectorIsJudgedRightly(t *testing.T) {
	today := Date{2026, 11, 24}
	rows := sharedTable(t, "standards/data/citizen-id-vectors.csv")
	if len(rows) != 17 {
		t.Fatalf("%d vectors, want 17", len(rows))
	}
	for _, row := range rows {
		id, err := ParseCitizenID(row["number"], today)
		switch {
		case row["valid"] == "0" && err == nil:
			t.Errorf("%q was accepted: %s", row["number"], row["note"])
		case row["valid"] == "0":
			isFault(t, err, row["number"])
		case err != nil || string(id) != row["number"]:
			t.Errorf("%q: %v", row["number"], err)
		}
		if _, birth, ok := strings.Cut(row["note"], "birth "); ok && row["valid"] == "1" {
			if got := strings.ReplaceAll(id.Birth().String(), "-", ""); got != birth {
				t.Errorf("%q: born %s, want %s", id, got, birth)
			}
		}
	}
}

func TestACitizenIDIsNormalisedBeforeItIsParsed(t *testing.T) {
	today := Date{2026, 11, 24}
	for typed, want := range map[string]CitizenID{
		"11010519491231002x":         "11010519491231002X",
		"110105491231002":            "11010519491231002X",
		" 110105 19491231 002Ｘ":      "11010519491231002X",
		"４４０５２４188001010014":         "440524188001010014",
		"\u200e11010519491231002x\n": "11010519491231002X",
	} {
		if got, err := ParseCitizenID(NormaliseCitizenID(typed), today); err != nil || got != want {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
}

func TestACitizenIDTellsBirthSexAgeAndDivision(t *testing.T) {
	id := CitizenID("220300200012314562")
	if id.Sex() != Female || CitizenID("220300199001011237").Sex() != Male || id.Division() != "220300" {
		t.Error("sex or division is wrong")
	}
	for on, age := range map[Date]int{{2018, 12, 30}: 17, {2018, 12, 31}: 17, {2019, 1, 1}: 18, {2000, 12, 31}: 0, {1999, 1, 1}: 0} {
		if got := id.AgeOn(on); got != age {
			t.Errorf("on %s the bearer is %d, want %d", on, got, age)
		}
	}
	var none CitizenID
	if none.Sex() != "" || !none.Birth().IsZero() || none.Division() != "" || none.AgeOn(Date{2026, 1, 1}) != 0 {
		t.Error("the zero number tells something")
	}
}

func TestACitizenIDFaultNamesWhatIsWrong(t *testing.T) {
	today := Date{2026, 11, 24}
	for text, says := range map[string]string{
		"":                   "请填写",
		"110105491231002":    "15位旧号码",
		"22030019900101123":  "现为17位",
		"2203001990O1011237": "第11位“O”",
		"11010519491231002x": "大写X",
		"11010519491231002Z": "末位",
		"11010519491231002一": "第18位",
		"220300199002301230": "1990年2月30日不存在",
		"220300209912310015": "晚于2026年11月24日",
		"990302199001010016": "99",
		"220300000001010016": "出生年份",
		"110105194912310021": "校验位",
	} {
		if _, err := ParseCitizenID(text, today); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want a message with %s", text, err, says)
		}
	}
	if _, err := ParseCitizenID("220300200012314562", Date{2000, 12, 30}); err == nil {
		t.Error("a birth on the day after was accepted")
	}
	if _, err := ParseCitizenID("220300200012314562", Date{2000, 12, 31}); err != nil {
		t.Errorf("a birth on the day itself was refused: %v", err)
	}
}

func FuzzCodes(f *testing.F) {
	for _, seed := range []string{"11220000013544357T", "11010519491231002x", "110105491231002", "", "\xff\xfe", "一二三四五六七八九十一二三四五六七八"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if code, err := ParseCreditCode(NormaliseCreditCode(text)); err == nil && len(code) != 18 {
			t.Errorf("%q became %q", text, code)
		}
		if id, err := ParseCitizenID(NormaliseCitizenID(text), Date{2026, 11, 24}); err == nil && (len(id) != 18 || id.Birth().IsZero()) {
			t.Errorf("%q became %q", text, id)
		}
		_, _ = ParseCitizenID(text, Date{2026, 11, 24})
		_, _ = ParseOrgCode(text)
	})
}
