package zh

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestEveryWritingOfAnAmountIsRead(t *testing.T) {
	for text, want := range map[string]Fen{
		"30,000.50": 30_000_50, "30000": 30_000_00, "¥30000": 30_000_00, "￥30,000.00元": 30_000_00,
		"3万元": 30_000_00, "54万": 540_000_00, "8.0万元": 80_000_00, "0.000001万元": 1, "1.5亿元": 150_000_000_00,
		"贰万元整": 20_000_00, "人民币伍拾肆万元整": 540_000_00, "人民币（大写）：叁万元整": 30_000_00, "三万五千元": 35_000_00,
		"十五万元": 150_000_00, "一百零五元": 105_00, "两千元": 2_000_00, "壹佰万元正": 1_000_000_00, "叁万圆整": 30_000_00,
		"壹仟陆佰捌拾元零叁角贰分": 1_680_32, "叁佰贰拾伍元零肆分": 325_04, "伍角": 50, "伍角整": 50, "零元整": 0, "0": 0, "0.01": 1,
		"12元5角": 12_50, "12元5角3分": 12_53, "1亿2000万元": 120_000_000_00, "3万5000元": 35_000_00,
		"2千元": 2_000_00, "５０００元": 5_000_00, " 5 000 元 ": 5_000_00, "壹亿零伍佰元": 100_000_500_00, "一万亿元": 1_000_000_000_000_00,
		"9999999999999999.99": MaxFen,
	} {
		got, err := ParseFen(text)
		if err != nil || got != want {
			t.Errorf("%q is %s (%v), want %s", text, got, err, want)
		}
	}
}

func TestAnAmountThatIsNotExactIsRefused(t *testing.T) {
	for text, says := range map[string]string{
		"": "请填写", "-1": "负数", "¥-300": "负数", "(300)": "负数", "负叁元": "负数", "1.234": "两位小数", "1.2345678万元": "6位小数",
		"3,00": "逗号", "30,0000": "逗号", "10000000000000000": "过大", "99999999999999999999999": "过大", "999999999万亿元": "过大",
		"三万五": "看不懂", "一百五": "看不懂", "abc": "看不懂", "整": "看不懂", "元": "看不懂", "1e5": "看不懂", "3万5": "看不懂",
		"十十元": "看不懂", "万元": "看不懂", "万万元": "看不懂", "1.2.3": "看不懂", "五仟千元": "看不懂", "伍元陆元": "看不懂", "2亿99999万元": "过大",
	} {
		if got, err := ParseFen(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q is %s (%v), want a message with %s", text, got, err, says)
		}
	}
	if _, err := FenOf(-1); err == nil {
		t.Error("a negative amount was made")
	}
	if _, err := MaxFen.Plus(1); err == nil {
		t.Error("a sum beyond the largest amount was made")
	}
	if sum, err := Fen(1_50).Plus(2_75); err != nil || sum != 4_25 {
		t.Errorf("1.50 and 2.75 are %s (%v)", sum, err)
	}
}

// The first seven are the examples of 正确填写票据和结算凭证的基本规定.
func TestAnAmountIsWrittenInCapitalsAsBillsWantIt(t *testing.T) {
	for f, want := range map[Fen]string{
		1_409_50:             "壹仟肆佰零玖元伍角整",
		6_007_14:             "陆仟零柒元壹角肆分",
		1_680_32:             "壹仟陆佰捌拾元零叁角贰分",
		107_000_53:           "壹拾万柒仟元零伍角叁分",
		16_409_02:            "壹万陆仟肆佰零玖元零贰分",
		325_04:               "叁佰贰拾伍元零肆分",
		540_000_00:           "伍拾肆万元整",
		0:                    "零元整",
		1:                    "壹分",
		10:                   "壹角整",
		50_00:                "伍拾元整",
		10_00:                "壹拾元整",
		100_05:               "壹佰元零伍分",
		10_001_00:            "壹万零壹元整",
		10_010_00:            "壹万零壹拾元整",
		1_000_000_00:         "壹佰万元整",
		100_000_500_00:       "壹亿零伍佰元整",
		100_010_000_00:       "壹亿零壹万元整",
		1_010_100_000_00:     "壹拾亿壹仟零壹拾万元整",
		1_000_000_000_000_00: "壹万亿元整",
		MaxFen:               "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
		-1:                   "",
	} {
		if got := f.Upper(); got != want {
			t.Errorf("%s is written %s, want %s", f, got, want)
		}
	}
}

func TestAnAmountInCapitalsIsReadBack(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for i := range 60_000 {
		f := Fen(i)
		if i >= 20_000 {
			f = Fen(rnd.Int64N(int64(MaxFen)))
			for range rnd.IntN(17) {
				f /= 10
			}
			if rnd.IntN(2) == 0 { // Figures with many zeros are the hard ones.
				f -= f % []Fen{100, 1_000_00, 10_000_00, 1_000_000_00, 100_000_000_00}[rnd.IntN(5)]
			}
		}
		for _, text := range []string{f.Upper(), f.String(), f.Plain(), f.Wan() + "万元"} {
			if got, err := ParseFen(text); err != nil || got != f {
				t.Fatalf("%s, written %s, is read as %s (%v)", f.Plain(), text, got, err)
			}
		}
	}
}

func TestAnAmountIsPrintedForPeopleFormsAndFeeds(t *testing.T) {
	for f, want := range map[Fen][3]string{
		1_234_56:     {"1,234.56元", "1234.56", "0.123456"},
		30_000_00:    {"30,000.00元", "30000.00", "3"},
		5:            {"0.05元", "0.05", "0.000005"},
		0:            {"0.00元", "0.00", "0"},
		1_000_000_00: {"1,000,000.00元", "1000000.00", "100"},
		-1_234_56:    {"-1,234.56元", "-1234.56", "-0.123456"},
	} {
		if got := [3]string{f.String(), f.Plain(), f.Wan()}; got != want {
			t.Errorf("%d is printed %q, want %q", int64(f), got, want)
		}
	}
}

func TestTheAmountsOfTheRealRecordsAreRead(t *testing.T) {
	for _, row := range sharedTable(t, "real/cn_enforcement/env_penalties.csv") {
		wan, err := ParseWan(row["amount_wan"])
		if err != nil {
			t.Errorf("%q: %v", row["amount_wan"], err)
			continue
		}
		found := FindFens(row["content"])
		if len(found) == 0 || found[0].Fen != wan {
			t.Errorf("%q holds %v, the record says %s", row["content"], found, wan)
		}
	}
	for i, row := range sharedTable(t, "real/cn_enforcement/banking_penalties_finlaw.csv") {
		if row["amount_yuan"] == "" {
			continue
		}
		if _, err := ParseFen(row["amount_yuan"]); err != nil {
			t.Errorf("row %d: %v", i+1, err)
		}
	}
	if f, err := ParseWan("2万元"); err != nil || f != 20_000_00 {
		t.Errorf("a unit in the cell wins over the heading: %s (%v)", f, err)
	}
}

func TestAmountsAreFoundInText(t *testing.T) {
	var got []string
	for _, f := range FindFens("没收违法所得16,702.12万元，并处罚款人民币叁万元整(¥30000)，合计五万五千元；2024年第3号，第七条。") {
		got = append(got, f.Fen.String())
	}
	if s := strings.Join(got, " "); s != "167,021,200.00元 30,000.00元 30,000.00元 55,000.00元" {
		t.Errorf("found %s", s)
	}
}

func FuzzFen(f *testing.F) {
	for _, seed := range []string{"30,000.50", "人民币伍拾肆万元整", "1亿2000万元", "12元5角", "-1", "¥"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		amount, err := ParseFen(text)
		if err != nil {
			return
		}
		if amount < 0 || amount > MaxFen {
			t.Fatalf("%q became %d", text, amount)
		}
		if back, err := ParseFen(amount.Upper()); err != nil || back != amount {
			t.Errorf("%q is %s, written %s, read as %s (%v)", text, amount, amount.Upper(), back, err)
		}
	})
}
