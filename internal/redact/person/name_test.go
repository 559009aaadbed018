package person

import (
	"slices"
	"testing"

	"mingjing/internal/redact/view"
)

func find(text string, p Public) []string {
	v := view.New(text)
	var out []string
	for _, h := range Find(v, make([]bool, len(v.Runes)), p) {
		if n := string(v.Runes[h.At:h.End]); !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

func TestNamesAreGuessedFromTheirSurroundings(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"证人：李四、王五。", []string{"李四", "王五"}},
		{"。吴城，男，1985年生", []string{"吴城"}},
		{"欧阳明华女士，", []string{"欧阳明华"}},
		{"经与赵秀英联系", []string{"赵秀英"}},
		{"刘先生称", []string{"刘先生"}},
		{"时任董事长左洪涛提供资金", []string{"左洪涛"}},
		{"担保方为左洪波、褚淑兰、某公司", []string{"左洪波", "褚淑兰"}},
		{"。向从容，身份证号：略", []string{"向从容"}},
		{"时任董事、董事长，任期三年", nil},
		{"职务：董事长。", nil},
		{"法定代表人、董事长，住址：略。", nil},
		{"。经查询，住址不详", nil},
		{"当事人：阿卜杜拉·买买提，男", []string{"阿卜杜拉·买买提"}},
		{"证人张家口人", nil},
		{"当事人申请听证", nil},
		{"王致和食品厂", nil},
		{"提高明显", nil},
		{"当事人：张某，男", nil},
	} {
		if got := find(c.text, Public{}); !slices.Equal(got, c.want) {
			t.Errorf("%q: guessed %q, want %q", c.text, got, c.want)
		}
	}
}

func TestOfficersAndRepresentativesAreNamedOnlyWhereTheyArePrivate(t *testing.T) {
	text := "执法人员：周建国。法定代表人：郑海燕。后，周建国签字，郑海燕签字。"
	if got := find(text, Public{Legal: true, Officer: true}); len(got) != 0 {
		t.Errorf("guessed %q", got)
	}
	if got := find(text, Public{}); !slices.Equal(got, []string{"周建国", "郑海燕"}) {
		t.Errorf("guessed %q", got)
	}
	if got := find("执法人员：周建国。周建国，男，1980年生。", Public{Officer: true}); !slices.Equal(got, []string{"周建国"}) {
		t.Errorf("somebody described like a party stays public: %q", got)
	}
}

func TestSurnamesAreOneOrTwoCharacters(t *testing.T) {
	for text, want := range map[string]int{"欧阳明": 2, "张三": 1, "的人": 0, "": 0} {
		if got := SurnameLen([]rune(text)); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestAPersonIsToldFromAnOrganisationInLatinLetters(t *testing.T) {
	for name, want := range map[string]bool{"LI MING": true, "Jean-Luc Martin": true, "Mary O'Neill": true, "J. Smith": true, "LI MING、张三": true,
		"ACME China Limited": false, "Alpine Ventures V, L.P.": false, "Lily Harbour Pte. Ltd.": false, "ACME": false, "云杉养老服务中心": false, "": true} {
		if got := Named(name); got != want && name != "" {
			t.Errorf("%q: person %t", name, got)
		}
	}
}
