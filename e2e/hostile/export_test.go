package hostile

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/xuri/excelize/v2"

	"mingjing/internal/demo"
)

// numbered counts the imported decisions, because two of one number are taken for one.
var numbered atomic.Int64

// imported brings the corpus in as past decisions, each text in every column, and has a second person make all of it public:
// one row carries one text through import, publication, list, page, file, feed, search and API.
func (b *bureau) imported(texts []string) {
	b.t.Helper()
	publisher, checker := b.person("su"), b.person("tang")
	var rows bytes.Buffer
	for i, text := range texts {
		line, err := json.Marshal(map[string]string{"标题": text, "文号": fmt.Sprintf("示民罚决字〔2024〕%d号", numbered.Add(1)), "决定日期": "2024-05-06", "正文": "正文" + fmt.Sprint(i) + "\n" + text,
			"当事人": text, "处理结果": text, "依据": text})
		if err != nil {
			b.t.Fatal(err)
		}
		rows.Write(append(line, '\n'))
	}
	file := publisher.upload("/desk/imports/new", "旧案.jsonl", rows.Bytes(), nil)
	columns := url.Values{"column.title": {"标题"}, "column.number": {"文号"}, "column.decided": {"决定日期"}, "column.party": {"当事人"}, "column.body": {"正文"}, "column.result": {"处理结果"},
		"column.basis": {"依据"}, "fixed.class": {"处罚"}}
	for _, do := range []string{"try", "import"} {
		columns.Set("do", do)
		if a := publisher.post(file.at, columns); a.status != 200 {
			b.t.Fatalf("%s at %s answered %d: %s", do, file.at, a.status, squeezed(alerts(a)))
		}
		b.drain()
	}
	run := publisher.get(file.at)
	if a := checker.post(run.at+"/check", url.Values{"doubt": {"hide"}, "sure": {"是"}}); a.status != 200 {
		b.t.Fatalf("the check at %s answered %d: %s", run.at, a.status, squeezed(alerts(a)))
	}
	b.drain()
}

// files are the addresses of every list that can be taken along, from the table of routes.
func (b *bureau) files() []string {
	var list []string
	for _, route := range b.server.Routes() {
		method, path, _ := strings.Cut(route, " ")
		if method == "GET" && (strings.HasSuffix(path, ".csv") || strings.HasSuffix(path, ".xlsx")) {
			list = append(list, path)
		}
	}
	return list
}

// led are the addresses of lists of one thing to which a page leads, by their route.
func (b *bureau) led(people []*person) map[string]string {
	routes := map[string]*regexp.Regexp{}
	for _, path := range b.files() {
		if strings.Contains(path, "{") {
			routes[path] = regexp.MustCompile("^" + regexp.MustCompile(`\\\{[^}]*\\\}`).ReplaceAllString(regexp.QuoteMeta(path), "[^/?]+") + "$")
		}
	}
	led := map[string]string{}
	for _, p := range people {
		if !slices.Contains(logins(), p.login) {
			continue
		}
		p.walk(home(p.login), 1, func(a *answer) {
			for _, to := range links(a, true) {
				plain, _, _ := strings.Cut(to, "?")
				for route, like := range routes {
					if like.MatchString(plain) {
						led[route] = plain
					}
				}
			}
		})
	}
	return led
}

// keeper is somebody who may take a list along.
func keeper(people []*person, path string) *answer {
	var a *answer
	for _, p := range people {
		if a = p.get(path); a.status == 200 && a.root == nil {
			return a
		}
	}
	return a
}

// formula tells that a spreadsheet would take the text for one: what begins so and is no plain number.
func formula(text string) bool {
	first := []rune(text + "　")[0]
	if !strings.ContainsRune("=+-@\t\r\n＝＋－＠\x00", first) {
		return false
	}
	number := strings.TrimLeft(text, "+-")
	return len(text)-len(number) > 1 || strings.Trim(number, "0123456789.,") != ""
}

func TestNoCellOfAnyListThatIsTakenAlongIsAFormula(t *testing.T) {
	one(t, noFormula)
}

func noFormula(t *testing.T, b *bureau) {
	texts := stride(corpus(t), 29)
	for _, text := range []string{"=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1", "\n=1+1", "＝1+1", "＋1", "－1+1", "＠SUM(1)", "-5", "-5,000.00", "=HYPERLINK(\"https://evil.example\")"} {
		texts = append(texts, text)
	}
	b.imported(texts)
	b.staffed(texts)
	var people []*person
	for _, p := range demo.Cast() {
		people = append(people, b.person(p.Login))
	}
	led := b.led(people)
	var unmet []string // lists of what this bureau has none of, attachments say
	cells, held := 0, map[string]bool{}
	for _, path := range b.files() {
		if strings.Contains(path, "{") { // of one thing, which a page leads to
			one, there := led[path]
			if !there {
				unmet = append(unmet, path)
				continue
			}
			path = one
		}
		a := keeper(people, path)
		if a.status != 200 {
			t.Errorf("nobody may take %s along: %d", path, a.status)
			continue
		}
		rows, err := sheet(path, a.body)
		if err != nil {
			t.Errorf("%s cannot be read again: %v", path, err)
		}
		for _, row := range rows {
			for _, cell := range row {
				cells++
				held[cell], held[strings.TrimPrefix(cell, "'")] = true, true
				if strings.HasSuffix(path, ".csv") && formula(cell) {
					t.Errorf("%s has the cell %.60q", path, cell)
				}
			}
		}
	}
	if full() && len(unmet) > len(led)/2 {
		t.Errorf("no page leads to most of the lists of one thing: %v", unmet)
	}
	t.Logf("%d lists of one thing read, of %v there is none", len(led), unmet)
	// The texts are in some list as they were written, in CSV after the apostrophe that keeps them from being a formula, but for
	// the few in which redaction saw somebody's name.
	var lost []string
	for _, text := range texts {
		if sayable(text) && len(text) < 200 && !strings.ContainsAny(text, "\r\n") && strings.TrimSpace(text) == text && text != "" && !held[text] {
			lost = append(lost, text)
		}
	}
	if len(lost) > len(texts)/20 {
		t.Errorf("no list holds %q", lost)
	}
	t.Logf("%d cells of %d files, %d texts in the rows", cells, len(b.files()), len(texts))
}

// staffed puts hostile names into the lists of the house itself, as far as they are taken.
func (b *bureau) staffed(texts []string) {
	b.t.Helper()
	admin := b.person("guan")
	for i, text := range slices.Backward(texts) {
		if i < len(texts)-30 {
			return
		}
		admin.post("/desk/officers/new/add", url.Values{"name": {text}, "unit": {"bgs"}, "staff": {"在编"}, "position": {text}, "from": {"2026-01-05"}})
		admin.post("/desk/units/new/put", url.Values{"code": {fmt.Sprintf("x%d", i)}, "name": {text}, "kind": {text}})
		admin.post("/desk/counsels/new/engage", url.Values{"name": {text}, "organisation": {text}, "licence": {text}, "kind": {"法律顾问"}, "from": {"2026-01-05"}, "until": {"2027-01-05"}})
		admin.post("/desk/accounts/new", url.Values{"login": {fmt.Sprintf("login%d", i)}, "name": {text}, "unit": {"bgs"}, "roles": {"handler"}})
		admin.post("/desk/numbers/new/void", url.Values{"prefix": {text}, "year": {"2026"}, "reason": {text}})
	}
}

// sheet reads a list that was taken along as a spreadsheet would; a formula in it is an error.
func sheet(path, body string) ([][]string, error) {
	if strings.HasSuffix(path, ".csv") {
		in := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff")))
		in.FieldsPerRecord = -1
		return in.ReadAll()
	}
	book, err := excelize.OpenReader(strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	defer book.Close()
	name := book.GetSheetName(0)
	rows, err := book.GetRows(name)
	if err != nil {
		return nil, err
	}
	for r, row := range rows {
		for c, cell := range row {
			at, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				return nil, err
			}
			said, err := book.GetCellFormula(name, at)
			kind, err2 := book.GetCellType(name, at)
			if err != nil || err2 != nil || said != "" {
				return nil, fmt.Errorf("%s is the formula %q (%v %v)", at, said, err, err2)
			}
			if formula(cell) && kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
				return nil, fmt.Errorf("%s begins like a formula and is no text: %q", at, cell)
			}
		}
	}
	return rows, nil
}
