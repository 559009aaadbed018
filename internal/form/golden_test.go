package form

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingjing/internal/form/paper"
)

var update = flag.Bool("update", false, "write the golden files anew")

// stored reads a document of testdata, with names invented throughout.
func stored(t *testing.T, name string) Values {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".values.json"))
	if err != nil {
		t.Fatal(err)
	}
	values, err := ParseValues(data)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	path := filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from what is printed now:\n%s", path, got)
	}
}

func TestTheDecisionPrintsAsFiled(t *testing.T) {
	kind := kindNamed(t, "行政处罚决定书")
	meta := wholePaper()
	golden(t, "decision.golden.html", string(Print(kind, stored(t, "decision"), meta)))
	golden(t, "decision.golden.json", string(Body(kind, stored(t, "decision")))+"\n")
	public, err := Public(kind, stored(t, "decision"), meta)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "decision.public.golden.html", string(paper.HTML(public.Blocks)))
}

func TestTheNoticePrintsAsFiled(t *testing.T) {
	meta := PrintMeta{Agency: "云山市民政局", Number: "云民罚告字〔2026〕2号", Date: "2026-02-05", Demo: true}
	golden(t, "notice.golden.html", string(Print(kindNamed(t, "行政处罚事先告知书"), stored(t, "notice"), meta)))
}

func TestTheServiceReceiptPrintsAsFiled(t *testing.T) {
	meta := PrintMeta{Agency: "云山市民政局", Date: "2026-03-04", Void: "送达地址有误"}
	golden(t, "receipt.golden.html", string(Print(kindNamed(t, "送达回证"), stored(t, "receipt"), meta)))
}

func TestADecisionNamesAPenaltyOfAnotherStatuteInItsOwnWordsAndLeavesOutACodeThatIsNotThere(t *testing.T) {
	kind, v := kindNamed(t, "行政处罚决定书"), stored(t, "decision")
	v["penalties"], v["other_penalty"] = []any{"警告", "法律、行政法规规定的其他行政处罚"}, "撤销登记。"
	party, _ := v["party"].(map[string]any)
	party["kind"] = "法人或者其他组织"
	delete(party, "code")
	public, err := Public(kind, v, wholePaper())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(public.Text, "下列行政处罚：警告。撤销登记。") {
		t.Errorf("the penalty reads:\n%s", public.Text)
	}
	if strings.Contains(public.Text, "统一社会信用代码") {
		t.Error("a code that nobody gave looks as if it was hidden")
	}
}
