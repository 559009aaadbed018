package zh

import "testing"

func TestFoldGivesOneWidthAndOneSpacing(t *testing.T) {
	for text, want := range map[string]string{
		"  四平市　民政局\t\n":            "四平市 民政局",
		"ＡＢＣ１２３（甲）":                "ABC123(甲)",
		"四\u200b平\ufeff市\u00ad民政局": "四平市民政局",
		"\u2f00二":                  "一二",
		"a\xffb":                   "a\ufffdb",
		"":                         "",
		"\u200b":                   "",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q folds to %q, want %q", text, got, want)
		}
	}
}

func TestKeyMakesDuplicatesMeet(t *testing.T) {
	for _, pair := range [][2]string{
		{"沪[2016] 5号", "沪〔2016〕5号"}, {"德环罚字【2019】0013号", "德环罚字〔2019〕0013号"},
		{"某某 科技（四平）有限公司", "某某科技(四平)有限公司"}, {"ABC公司", "ａｂｃ 公司"},
	} {
		if Key(pair[0]) != Key(pair[1]) {
			t.Errorf("%q and %q have the keys %q and %q", pair[0], pair[1], Key(pair[0]), Key(pair[1]))
		}
	}
	if Key("沪〔2016〕5号") == Key("沪〔2016〕6号") {
		t.Error("two numbers share a key")
	}
}

func FuzzFold(f *testing.F) {
	f.Add("  四平市　民政局\u200b")
	f.Add("e\u200b\u0301")
	f.Fuzz(func(t *testing.T, text string) {
		once := Fold(text)
		if twice := Fold(once); twice != once {
			t.Errorf("%q folds to %q and then to %q", text, once, twice)
		}
		if k := Key(text); Key(k) != k {
			t.Errorf("%q has the key %q, which has the key %q", text, k, Key(k))
		}
	})
}
