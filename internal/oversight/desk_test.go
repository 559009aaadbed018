package oversight_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/oversight"
	"mingjing/internal/testkit/world"
)

// one computes a light with books of the test's own.
func (b *bureau) one(desk oversight.Desk, duty int) (light oversight.Light) {
	b.T.Helper()
	b.Read(func(tx *db.Tx) error {
		l, ok, err := oversight.One(tx, desk, duty)
		if !ok {
			b.T.Fatalf("duty %d has no check", duty)
		}
		light = l
		return err
	})
	return light
}

func TestTheShareOfReviewersIsTheOneThatTheAgencySets(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		desk := b.house.Board()
		if l := b.one(desk, 21); l.Parts[0].Of != 1 || l.Parts[0].What != "法制审核人员达到执法人员的5%" {
			t.Fatalf("by the national share: %+v", l.Parts[0])
		}
		set, err := law.NewSet([]law.ParamOverride{{Code: law.ReviewersPercent, Value: 100, From: b.Today().AddDays(-10), Source: "本机关规定"}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		desk.Law = set
		if l := b.one(desk, 21); l.Parts[0].What != "法制审核人员达到执法人员的100%" || l.Parts[0].Of != 4 || l.Parts[0].Met != 3 || l.State != oversight.Unmet {
			t.Errorf("four officers ask for four reviewers: %s %+v", l.State, l.Parts[0])
		}
	})
}

func TestTheTimeForArchivingIsTheOneThatTheAgencySets(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		books := b.Cases.Books()
		set, err := law.NewSet([]law.ParamOverride{{Code: law.ArchiveDays, Value: 10, From: b.Today().AddDays(-10), Source: "本机关规定"}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		books.Law = set
		b.Cases.Adopt(books)
		c := b.decided(world.Minor())
		b.publish(c)
		b.closed(c)
		b.Days(10)
		if l := b.one(b.house.Board(), 18); l.State != oversight.NotYet {
			t.Fatalf("on the last day: %s %s", l.State, l.Value)
		}
		b.Days(1)
		if l := b.one(b.house.Board(), 18); l.Parts[0].What != "结案后10日内归档" || l.Of != 1 || l.Met != 0 || l.State != oversight.Unmet {
			t.Fatalf("a day later: %s %s", l.State, l.Value)
		}
		b.archived(c, "20260001")
		if l := b.one(b.house.Board(), 18); l.Parts[0].Of != 1 || l.Parts[0].Met != 0 || l.Parts[1].Met != 1 {
			t.Errorf("archived late: %s", l.Value)
		}
	})
}

// provincial are the forms as if the province had given out each of them.
func provincial(t *testing.T) *form.Registry {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(form.National(), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(form.National(), path)
		files[path] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(text), form.SourceReplace, form.SourceProvincial))}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	forms, err := form.Load(files, book.Registers())
	if err != nil {
		t.Fatal(err)
	}
	return forms
}

func TestDocumentsInProvincialFormatMeetTheDutyOfFormats(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		b.Lead(world.Minor())
		desk := b.house.Board()
		if l := b.one(desk, 15); l.Parts[1].Met != 0 || l.Parts[1].Of != 1 || !strings.Contains(l.Value, "1种格式待替换") {
			t.Errorf("before the province gives them out: %s", l.Value)
		}
		desk.Forms = provincial(t)
		if l := b.one(desk, 15); l.State != oversight.Met || l.Parts[0].Met != 1 || l.Parts[1].Met != 1 {
			t.Errorf("afterwards: %s %s", l.State, l.Value)
		}
		if l := b.one(desk, 14); l.State != oversight.MetSoFar || l.Gap == "" {
			t.Errorf("what nobody can look up is not met: %s %s", l.State, l.Value)
		}
	})
}

func TestEveryDutyOfTheFoundingTableHasACheckAndOneBeyondItSaysThatItHasNone(t *testing.T) {
	measured := map[int]bool{}
	for _, duty := range oversight.Measured() {
		measured[duty] = true
	}
	for duty := 1; duty <= 32; duty++ {
		if !measured[duty] {
			t.Errorf("duty %d has no check", duty)
		}
	}
	if measured[33] || oversight.Absent(33) == "" {
		t.Error("a duty of another table is measured, or says nothing")
	}
}
