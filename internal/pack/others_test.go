package pack_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"mingjing/internal/law"
	"mingjing/internal/pack"
	"mingjing/internal/testkit"
	"mingjing/internal/zh"
)

// otherTable is a division table of another agency as the survey recorded it; maps stand where tables differ.
type otherTable map[string]any

func (o otherTable) text(key string) string    { s, _ := o[key].(string); return s }
func (o otherTable) lines(key string) []string { return lines(o[key]) }

func lines(v any) []string {
	var out []string
	list, _ := v.([]any)
	for _, x := range list {
		if s, ok := x.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// convert puts another agency's table into the pack format.
func convert(o otherTable) (pack.Table, []pack.Task, []pack.Deliverable) {
	table := pack.Table{
		Title: o.text("doc"), Agency: o.text("agency"), Level: o.text("level"), Region: o.text("province"), DocNo: o.text("doc_no"),
		Published: o.text("published") + o.text("date"), Deadline: o.text("deadline") + o.text("target"), Form: o.text("form"), Source: o.text("source"),
		Basis: o.lines("basis"), Scope: o.lines("scope"), Columns: o.lines("columns"), Units: o.lines("units_per_task"),
		Features: o.lines("features"), Note: o.text("note"),
	}
	var tasks []pack.Task
	var lists []pack.Deliverable
	add := func(kind string, titles []string) {
		for _, title := range titles {
			lists = append(lists, pack.Deliverable{Code: fmt.Sprintf("%s-%d", o.text("id"), len(lists)+1), Kind: kind, Title: title})
		}
	}
	seen, _ := o["tasks_seen"].([]any)
	add("清单", lines(o["tasks_seen"]))
	for _, x := range seen {
		if row, ok := x.(map[string]any); ok {
			tasks = append(tasks, convertTask(o.text("id"), row))
		}
	}
	add("制度", o.lines("outputs"))
	add("事项", o.lines("pre_event_items"))
	structure, _ := o["structure"].(map[string]any)
	for kind, titles := range structure {
		add(kind, lines(titles))
	}
	return table, tasks, lists
}

func convertTask(id string, row map[string]any) pack.Task {
	no, _ := row["no"].(float64)
	str := func(k string) string { s, _ := row[k].(string); return s }
	task := pack.Task{Code: fmt.Sprintf("%s-%02.0f", id, no), No: int(no), Measure: str("name"), Owner: str("unit"),
		Deadline: str("deadline"), Rule: str("rule"), Fields: lines(row["fields"])}
	roles, _ := row["roles"].(map[string]any)
	task.Roles = map[string]string{}
	for k, v := range roles {
		task.Roles[k], _ = v.(string)
	}
	if review := str("review"); review != "" {
		task.Roles["review"] = review
	}
	return task
}

// leaves lists every text of a decoded JSON value with its path; keys of the survey itself are left out.
func leaves(path string, v any, out map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if k != "id" && k != "model_implication" && k != "extra_columns_vs_siping_mz" {
				leaves(path+"."+k, x, out)
			}
		}
	case []any:
		for i, x := range v {
			leaves(fmt.Sprintf("%s[%d]", path, i), x, out)
		}
	case string:
		out[path] = v
	}
}

func TestTheDivisionTablesOfOtherAgenciesFitWithoutLosingAColumn(t *testing.T) {
	raw, err := os.ReadFile(testkit.Shared(t, "real/govt_tables/three_systems_docs.json"))
	if err != nil {
		t.Fatal(err)
	}
	var tables []otherTable
	if err := json.Unmarshal(raw, &tables); err != nil {
		t.Fatal(err)
	}
	for _, o := range tables {
		table, tasks, lists := convert(o)
		held, err := json.Marshal([]any{table, tasks, lists})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		leaves(o.text("id"), map[string]any(o), want)
		for path, text := range want {
			quoted, _ := json.Marshal(text)
			if !strings.Contains(string(held), strings.Trim(string(quoted), `"`)) {
				t.Errorf("%s = %q is lost", path, text)
			}
		}
	}
	if len(tables) == 0 {
		t.Fatal("no table was read")
	}
}

func convertTrigger(n int, c map[string]string) (pack.Trigger, error) {
	class, field, _ := strings.Cut(strings.TrimSuffix(c["category"], ")"), "(")
	r := pack.Trigger{Code: fmt.Sprintf("%s-%d", c["list_id"], n), Title: c["trigger"], Class: "其他", ItemClass: class,
		TimeLimit: c["time_limit"], Disagreement: c["disagreement_rule"], Agency: c["agency"],
		Materials: split(c["materials"]), Points: split(c["review_points"]),
		Provenance: pack.Provenance{Source: c["source"], Status: law.Adopted}}
	if field != "" {
		r.Columns = map[string]string{"领域": field}
	}
	if c["threshold_org_yuan"] == "" {
		r.Expression = "重大权益" // the words of such a row are judged by a person
		return r, nil
	}
	r.Threshold = &pack.Threshold{Of: "罚款", Inclusive: c["inclusive"] == "含本数"}
	if strings.Contains(c["trigger"], "没收") {
		r.Threshold.Of = "金额"
	}
	if err := r.Threshold.Person.UnmarshalJSON([]byte(c["threshold_person_yuan"])); err != nil {
		return r, err
	}
	return r, r.Threshold.Org.UnmarshalJSON([]byte(c["threshold_org_yuan"]))
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ";")
}

func TestTheReviewCataloguesOfOtherAgenciesFitAndBite(t *testing.T) {
	f, err := os.Open(testkit.Shared(t, "real/govt_tables/legal_review_lists.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for n, record := range records[1:] {
		c := map[string]string{}
		for i, head := range records[0] {
			c[head] = record[i]
		}
		r, err := convertTrigger(n+1, c)
		if err != nil {
			t.Fatal(err)
		}
		held, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		for head, text := range c {
			for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(";()", r) }) {
				if head != "inclusive" && !strings.Contains(string(held), part) {
					t.Errorf("row %d: %s = %q is lost", n+1, head, part)
				}
			}
		}
		biteAtTheFigure(t, r, c)
	}
}

// biteAtTheFigure holds 含本数 and 不含本数: the figure itself is caught or not, one 分 more always is.
func biteAtTheFigure(t *testing.T, r pack.Trigger, c map[string]string) {
	catalogue, err := pack.Compile([]pack.Trigger{r})
	if err != nil {
		t.Fatal(err)
	}
	if r.Threshold == nil {
		return
	}
	yuan, err := strconv.ParseInt(c["threshold_org_yuan"], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	for more, want := range map[int64]bool{-1: false, 0: c["inclusive"] == "含本数", 1: true} {
		env := fine(law.Organisation, zh.Fen(yuan*100+more))
		env.ItemClass = r.ItemClass
		hits, err := catalogue.Evaluate(env)
		if err != nil || (len(hits) == 1) != want {
			t.Errorf("%s: %d yuan %+d fen: caught %d times, want %v (%v)", r.Code, yuan, more, len(hits), want, err)
		}
	}
}
