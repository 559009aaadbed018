package pack_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"mingjing/internal/law"
	"mingjing/internal/pack"
)

// world makes packs in memory: "upper" is national, "lower" is an agency; files are written as pack/file.
func world(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{
		"upper/pack.json": {Data: []byte(`{"name":"upper","title":"上级","level":"national","version":"1"}`)},
		"lower/pack.json": {Data: []byte(`{"name":"lower","title":"下级","level":"agency","version":"1"}`)},
	}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

const (
	upperHearing = `[{"code":"T1","title":"较大数额罚款","threshold":{"of":"罚款","person_yuan":5000,"org_yuan":20000,"inclusive":false},"source":"省令","status":"verified"}]`
	openHearing  = `[{"code":"T1","title":"较大数额罚款","threshold":{"of":"罚款","person_yuan":5000},"source":"省令","status":"verified","may_loosen":["threshold"]}]`
	kinds        = `[{"code":"21","name":"罚款","stat_kind":"罚款","penalty":true,"source":"第九条","status":"verified"},{"code":"11","name":"警告","stat_kind":"警告","penalty":true,"source":"第九条","status":"verified"}]`
	upperItem    = `[{"code":"I1","name":"某行为的处罚","class":"行政处罚","group":"g","basis":[{"law":"某条例","article":"第三条"}],"effect":{"kinds":["罚款","警告"],"fine_yuan":{"min":1000,"max":5000}},"source":"某条例","status":"verified","from":"2020-01-01"}]`
)

func TestALowerPackMayFillAndTighten(t *testing.T) {
	p, err := pack.Load(world(map[string]string{
		"upper/hearing.json": upperHearing, "upper/kinds.json": kinds, "upper/items.json": upperItem,
		"lower/hearing.json": `[{"code":"T1","threshold":{"person_yuan":3000,"inclusive":true},"source":"局文件"}]`,
		"lower/units.json":   `[{"code":"u","name":"某科","kind":"业务","status":"draft"}]`,
		"lower/agency.json":  `{"code":"a","name":"某局","short_name":"局","level":"县级","division":"220300","credit_code":"","number_word":"某","region":"","government":"","superior":"","supervisor":"","court":"","status":"draft"}`,
		"lower/items.json":   `[{"code":"I1","owner":"u","level":"县级","effect":{"fine_yuan":{"max":4000}}}]`,
	}), "upper", "lower")
	if err != nil {
		t.Fatal(err)
	}
	h := p.Hearing(day(t, "2026-01-05"))[0]
	if h.Threshold.Person.Fen() != 3000_00 || h.Threshold.Org.Fen() != 20000_00 || !h.Threshold.Inclusive || h.Source != "省令；局文件" {
		t.Errorf("merged threshold %+v from %q", h.Threshold, h.Source)
	}
	i, ok := p.Item("I1", day(t, "2026-01-05"))
	if !ok || i.Owner != "u" || i.Effect.Fine.Max.Fen() != 4000_00 || i.Effect.Fine.Min.Fen() != 1000_00 || i.Status != law.Verified {
		t.Errorf("merged item %+v", i)
	}
}

// refusal is a pair of packs that must not load, and what the error has to name.
type refusal struct {
	name         string
	upper, lower map[string]string
	want         []string
}

func TestLayersThatContradictStopTheLoad(t *testing.T) {
	refuse(t, []refusal{
		{"loosening a threshold names both files",
			map[string]string{"hearing.json": upperHearing},
			map[string]string{"hearing.json": `[{"code":"T1","threshold":{"org_yuan":30000},"status":"verified"}]`},
			[]string{"threshold.org_yuan", "upper/hearing.json#T1", "lower/hearing.json#T1", "may_loosen"}},
		{"changing a text without a direction is a conflict",
			map[string]string{"hearing.json": upperHearing},
			map[string]string{"hearing.json": `[{"code":"T1","title":"别的"}]`},
			[]string{"title", "upper/hearing.json#T1", "lower/hearing.json#T1"}},
		{"widening a fine beyond the statute",
			map[string]string{"kinds.json": kinds, "items.json": upperItem},
			map[string]string{"items.json": `[{"code":"I1","effect":{"fine_yuan":{"max":6000}}}]`},
			[]string{"effect.fine_yuan.max", "upper/items.json#I1", "lower/items.json#I1"}},
		{"a draft row does not replace a blocking one",
			map[string]string{"hearing.json": upperHearing},
			map[string]string{"hearing.json": `[{"code":"T1","threshold":{"org_yuan":10000},"status":"draft"}]`},
			[]string{"lower/hearing.json#T1", "status"}},
		{"the same row twice in one pack",
			map[string]string{"hearing.json": upperHearing, "hearing/more.json": upperHearing}, nil,
			[]string{"upper/hearing.json#T1", "upper/hearing/more.json#T1"}},
		{"freedom that is not the lower pack's to give",
			map[string]string{"hearing.json": upperHearing},
			map[string]string{"hearing.json": `[{"code":"T1","may_loosen":["threshold"]}]`},
			[]string{"may_loosen", "not the lower pack's"}},
		{"a row beyond the days of the upper one",
			map[string]string{"kinds.json": kinds, "items.json": upperItem},
			map[string]string{"items.json": `[{"code":"I1","from":"2019-01-01","level":"县级"}]`},
			[]string{"from/until", "lower/items.json#I1"}},
	})
}

func TestFaultyFilesStopTheLoad(t *testing.T) {
	refuse(t, []refusal{
		{"an unknown field names the file",
			map[string]string{"hearing.json": `[{"code":"T1","titel":"x","status":"draft"}]`}, nil,
			[]string{"upper/hearing.json", "titel"}},
		{"an unknown file", map[string]string{"triger.json": `[]`}, nil, []string{"upper/triger.json", "no section"}},
		{"something after the list", map[string]string{"hearing.json": `[] []`}, nil, []string{"upper/hearing.json"}},
		{"an empty row", map[string]string{"parameters.json": `[null]`}, nil, []string{"upper/parameters.json", "null"}},
		{"a row without key", map[string]string{"hearing.json": `[{"title":"x","status":"draft"}]`}, nil, []string{"no code"}},
		{"a bad day", map[string]string{"hearing.json": `[{"code":"T1","from":"2026-02-30","status":"draft"}]`}, nil, []string{"upper/hearing.json"}},
		{"a bad amount", map[string]string{"hearing.json": `[{"code":"T1","threshold":{"of":"罚款","person_yuan":1.005},"status":"draft"}]`}, nil, []string{"upper/hearing.json", "decimals"}},
		{"a bad expression names the trigger",
			map[string]string{"triggers.json": `[{"code":"X9","title":"错","class":"其他","expression":"金额 >= \"一万\"","status":"draft"}]`}, nil,
			[]string{"trigger X9"}},
		{"an expression with an unknown word names the trigger",
			map[string]string{"triggers.json": `[{"code":"X8","title":"错","class":"其他","expression":"金额数 > 1","status":"draft"}]`}, nil,
			[]string{"trigger X8", "金额数"}},
		{"a blocking row without source",
			map[string]string{"triggers.json": `[{"code":"X7","title":"无","class":"其他","expression":"涉外","status":"verified"}]`}, nil,
			[]string{"X7", "source"}},
		{"a parameter that package law does not know",
			map[string]string{"parameters.json": `[{"code":"no_such","value":1,"from":"2026-01-01","source":"x","status":"adopted"}]`}, nil,
			[]string{"no_such", "upper/parameters.json"}},
		{"a parameter loosened against its direction",
			map[string]string{"parameters.json": `[{"code":"publish_days","value":5,"from":"2026-01-01","source":"省","status":"adopted"}]`},
			map[string]string{"parameters.json": `[{"code":"publish_days","value":7,"from":"2026-01-01","source":"局","status":"adopted"}]`},
			[]string{"publish_days", "upper/parameters.json", "lower/parameters.json"}},
		{"a tier beyond the item",
			map[string]string{"kinds.json": kinds, "items.json": upperItem, "discretion.json": `[{"code":"D","item":"I1","level":"从重","condition":"c","kinds":["罚款"],"fine_yuan":{"min":3000,"max":6000},"status":"draft"}]`}, nil,
			[]string{"discretion D", "beyond"}},
	})
}

func refuse(t *testing.T, cases []refusal) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{}
			for f, text := range c.upper {
				files["upper/"+f] = text
			}
			for f, text := range c.lower {
				files["lower/"+f] = text
			}
			_, err := pack.Load(world(files), "upper", "lower")
			if err == nil {
				t.Fatal("the load went through")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%v\ndoes not name %s", err, want)
				}
			}
		})
	}
}

func TestLooseningIsAllowedWhereTheUpperRowSaysSo(t *testing.T) {
	p, err := pack.Load(world(map[string]string{
		"upper/hearing.json": openHearing,
		"lower/hearing.json": `[{"code":"T1","threshold":{"person_yuan":9000},"from":"2026-01-01","until":"2026-06-30"}]`,
	}), "upper", "lower")
	if err != nil {
		t.Fatal(err)
	}
	for on, want := range map[string]int64{"2025-12-31": 5000_00, "2026-01-01": 9000_00, "2026-06-30": 9000_00, "2026-07-01": 5000_00} {
		if h := p.Hearing(day(t, on)); len(h) != 1 || int64(h[0].Threshold.Person) != want {
			t.Errorf("on %s: %+v, want %d", on, h, want)
		}
	}
}

func TestPacksGoFromNationalDown(t *testing.T) {
	if _, err := pack.Load(world(nil), "lower", "upper"); err == nil || !strings.Contains(err.Error(), "national down") {
		t.Errorf("the wrong order gave %v", err)
	}
	if _, err := pack.Load(world(nil), "absent"); err == nil {
		t.Error("a pack that is not there was loaded")
	}
	if _, err := pack.Load(world(nil)); err == nil {
		t.Error("nothing was loaded without complaint")
	}
}

func TestADraftParameterMovesNothing(t *testing.T) {
	p, err := pack.Load(world(map[string]string{
		"upper/parameters.json": `[{"code":"publish_days","value":5,"from":"2026-01-01","status":"draft"}]`,
	}), "upper")
	if err != nil {
		t.Fatal(err)
	}
	if o := p.Overrides(); len(o) != 0 || len(p.Parameters(day(t, "2026-02-01"))) != 1 {
		t.Errorf("overrides %+v", o)
	}
}
