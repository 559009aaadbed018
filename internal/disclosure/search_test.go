package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/past"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/disclosure/snapshot"
	"mingjing/internal/testkit"
	"mingjing/internal/zh"
)

// corpus publishes n decisions of made-up words through the bulk check.
func (w *world) corpus(n int) {
	w.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"罚款", "警告", "没收违法所得", "责令改正", "养老机构", "社会团体", "基金会", "未按规定年检", "虚报床位", "骗取补助", "公开募捐", "殡葬用品", "超出业务范围", "，", "。", "；", "〔2024〕3号", "ABC公司", "第12条", "款项", "罚没"}
	text := func(k int) string {
		var b strings.Builder
		for range k {
			b.WriteString(words[r.IntN(len(words))])
		}
		return b.String()
	}
	classes := []string{"处罚", "许可", "强制"}
	b := disclosure.Bulk{Run: "r1", Maker: "importer", Checker: w.second}
	w.must(w.write(func(tx *db.Tx) error {
		var rows []past.Row
		for i := range n {
			rows = append(rows, past.Row{Agency: "a1", AgencyName: []string{"示例市民政局", "示例县民政局"}[i%2], Other: i%2 == 1, Class: classes[r.IntN(3)], Number: fmt.Sprintf("示民罚决字〔%d〕%d号", 2020+i%5, i+1),
				Title: text(3), Body: text(40), DecidedOn: fmt.Sprintf("%d-03-04", 2020+i%5), Dup: fmt.Sprint("k", i)})
		}
		_, err := past.TakeIn(tx, handler(), "r1", rows)
		return err
	}))
	for {
		out := 0
		w.must(w.write(func(tx *db.Tx) error {
			list, sources, err := disclosure.Waiting(tx, "r1", "", 100)
			if err != nil {
				return err
			}
			var ready []disclosure.Ready
			for i := range list {
				ready = append(ready, disclosure.WorkOut(list[i], sources[i], b))
			}
			out, err = disclosure.PublishBatch(tx, b, ready)
			return err
		}))
		if out == 0 {
			return
		}
	}
}

func (w *world) all() []public.Publication {
	w.Helper()
	list, err := w.reader.FeedLatest(w.ctx, public.Filter{}, 200)
	w.must(err)
	page, err := w.reader.Latest(w.ctx, public.Filter{}, fmt.Sprint(list[len(list)-1].Ordinal), 200)
	w.must(err)
	for _, row := range page.Rows {
		p, err := w.reader.Get(w.ctx, row.ID)
		w.must(err)
		list = append(list, p)
	}
	return list
}

// scanned is what a reader of every page would find: each word in one of the fields.
func scanned(all []public.Publication, f public.Filter, words ...string) []int64 {
	var list []int64
	for _, p := range all {
		fits := (f.Agency == "" || p.Agency == f.Agency) && (f.Class == "" || p.Class == f.Class) && (f.Year == 0 || p.Year == f.Year)
		for _, word := range words {
			fits = fits && slices.ContainsFunc([]string{p.Title, p.Number, p.PartyName, p.AgencyName, p.ItemName, p.Result, p.Basis, p.Body},
				func(field string) bool { return strings.Contains(strings.ToLower(field), word) })
		}
		if fits {
			list = append(list, p.Ordinal)
		}
	}
	return list
}

func (w *world) searched(query string, f public.Filter) []int64 {
	w.Helper()
	var list []int64
	cursor := ""
	for {
		found, err := w.reader.Search(w.ctx, query, f, cursor, 17)
		w.must(err)
		for _, h := range found.Hits {
			list = append(list, h.Ordinal)
		}
		if cursor = found.Next; cursor == "" {
			if found.Count != len(list) && !(found.Capped && found.Count < len(list)) {
				w.Errorf("%s: the count says %d, the pages hold %d", query, found.Count, len(list))
			}
			return list
		}
	}
}

func TestSearchFindsWhatALinearScanFinds(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.corpus(300)
		w.caughtUp()
		all := w.all()
		if len(all) != 300 {
			t.Fatalf("%d are public", len(all))
		}
		for _, c := range []struct {
			query string
			words []string
		}{
			{"罚款", []string{"罚款"}}, {"违法所得", []string{"违法所得"}}, {"法所", []string{"法所"}}, {"款", []string{"款"}}, {"罚", []string{"罚"}},
			{"罚款 警告", []string{"罚款", "警告"}}, {"骗取补助　公开募捐 殡葬", []string{"骗取补助", "公开募捐", "殡葬"}}, {"罚款警告", []string{"罚款警告"}},
			{`"罚款警告"`, []string{"罚款警告"}}, {`“罚款警告” 基金`, []string{"罚款警告", "基金"}}, {"ＡＢＣ公司", []string{"abc公司"}}, {"abc", []string{"abc"}},
			{"示民罚决字〔2021〕2号", []string{"示民罚决字〔2021〕2号"}}, {"〔2024〕3号", []string{"〔2024〕3号"}}, {"第12条", []string{"第12条"}},
			{"示民罚决字〔2021〕102号 罚款", []string{"示民罚决字〔2021〕102号", "罚款"}}, {"罚决字〔2021〕102", []string{"罚决字〔2021〕102"}}, {"示民罚决字〔2022〕102号", []string{"示民罚决字〔2022〕102号"}},
			{"2021〕1款", []string{"2021〕1款"}}, {"公司第12条 警告", []string{"公司第12条", "警告"}}, {"ABC公", []string{"abc公"}},
			{"县民政局", []string{"县民政局"}}, {"没有这样的词", []string{"没有这样的词"}}, {"。；", nil}, {"", nil}, {`罚款 "`, []string{"罚款"}},
			{"* OR NEAR(罚款)", []string{"or", "near(罚款)"}},
		} {
			for _, f := range []public.Filter{{}, {Class: "处罚"}, {Agency: "示例县民政局", Year: 2021}, {Class: "许可", Year: 2023, State: public.Published}} {
				if got, want := w.searched(c.query, f), scanned(all, f, c.words...); !slices.Equal(got, want) {
					t.Errorf("%s with %+v: found %d, a scan finds %d", c.query, f, len(got), len(want))
				}
			}
		}
	})
}

func TestTheKeptCountsAreTheRealOnes(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.corpus(120)
		id := w.public(w.due())
		w.falls(id, repealed)
		w.must(w.room.Withdraw(w.ctx, w.maker, id, withdrawal()))
		facets, err := w.reader.Facets(w.ctx, public.Filter{Class: "处罚"})
		w.must(err)
		for _, y := range facets.Years {
			n := 0
			w.must(w.d.Read(w.ctx, func(tx *db.Tx) error {
				return tx.Row(`SELECT count(*) FROM pub_publication WHERE class = '处罚' AND CAST(year AS TEXT) = $1`, y.Value).Scan(&n)
			}))
			page, err := w.reader.Latest(w.ctx, public.Filter{Class: "处罚", Year: atoi(y.Value)}, "", 200)
			w.must(err)
			if n != y.Count || page.Count != n || len(page.Rows) != n {
				t.Errorf("%s: the facet says %d, the list %d with %d rows, there are %d", y.Value, y.Count, page.Count, len(page.Rows), n)
			}
		}
		if len(facets.Years) != 6 || len(facets.Classes) != 3 || len(facets.Agencies) != 2 || facets.States[0].Name != "已公示" {
			t.Errorf("got %+v", facets)
		}
	})
}

func atoi(s string) int {
	n := 0
	_, _ = fmt.Sscan(s, &n)
	return n
}

func TestWhatWasFoundIsMarkedAndThePiecesAreTheText(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.public(w.due())
		found, err := w.reader.Search(w.ctx, "骗取补助", public.Filter{}, "", 10)
		w.must(err)
		if found.Behind != 1 || len(found.Hits) != 0 {
			t.Errorf("before the index has caught up: %+v", found)
		}
		w.caughtUp()
		found, err = w.reader.Search(w.ctx, "骗取补助 云杉", public.Filter{}, "", 10)
		w.must(err)
		if found.Behind != 0 || len(found.Hits) != 1 {
			t.Fatalf("got %+v", found)
		}
		var title, hits strings.Builder
		for _, p := range found.Hits[0].TitlePieces {
			title.WriteString(p.Text)
		}
		for _, p := range found.Hits[0].Snippet {
			if p.Hit {
				hits.WriteString(p.Text + "/")
			}
		}
		if title.String() != found.Hits[0].Title || !strings.Contains(hits.String(), "骗取补助/") || !strings.Contains(hits.String(), "云杉/") {
			t.Errorf("title %q, hits %q", title.String(), hits.String())
		}
	})
}

func TestAPublishedListKeepsTheDifferenceOfEachVersion(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		item := func(code, name string) snapshot.Row {
			return snapshot.Row{Key: code, Show: public.Item{Agency: "a1", Code: code, Name: name, Class: "处罚", Basis: []public.Basis{{Text: "《养老机构管理办法》第四十六条"}}}}
		}
		put := func(rows ...snapshot.Row) (version int64) {
			w.must(w.write(func(tx *db.Tx) (err error) {
				version, err = snapshot.Publish(tx, handler(), "a1", public.KindItem, rows)
				return err
			}))
			return version
		}
		if v := put(item("1", "甲"), item("2", "乙"), item("3", "丙")); v != 1 {
			t.Fatalf("version %d", v)
		}
		if v := put(item("1", "甲"), item("2", "乙"), item("3", "丙")); v != 1 {
			t.Errorf("the same list became version %d", v)
		}
		if v := put(item("2", "乙改"), item("1", "甲"), item("4", "丁")); v != 2 {
			t.Errorf("version %d", v)
		}
		changes, err := w.reader.Changes(w.ctx, "a1", public.KindItem, 10)
		w.must(err)
		if len(changes) != 2 || !slices.Equal(changes[0].Added, []string{"4"}) || !slices.Equal(changes[0].Removed, []string{"3"}) || !slices.Equal(changes[0].Changed, []string{"2"}) {
			t.Errorf("got %+v", changes)
		}
		items, err := w.reader.Items(w.ctx, "a1")
		w.must(err)
		if len(items) != 3 || items[0].Name != "乙改" || items[1].Code != "1" {
			t.Errorf("got %+v", items)
		}
		if one, err := w.reader.Item(w.ctx, "a1", "4"); err != nil || one.Name != "丁" {
			t.Errorf("got %+v, %v", one, err)
		}
	})
}

// spellings are ways in which people write 示民罚决字〔2021〕2号, and its tail alone.
var spellings = []string{"示民罚决字〔2021〕2号", "示民罚决字[2021]2号", "示民罚决字（2021）第2号", "示民罚决字 (2021) 2", "示民罚决字【２０２１】００２号", "示民罚决字﹝2021﹞ 第02 号",
	"〔2021〕2号", "[2021]2号", "（2021）第2号", "(2021) 2", "［２０２１］２号"}

func TestADocumentNumberIsFoundInEverySpelling(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.corpus(60)
		w.caughtUp()
		all := w.all()
		for _, query := range spellings {
			for _, f := range []public.Filter{{}, {Year: 2021}, {Year: 2024}} {
				if got, want := w.searched(query, f), scanned(all, f, "示民罚决字〔2021〕2号"); !slices.Equal(got, want) {
					t.Errorf("%s with %+v: found %v, want %v", query, f, got, want)
				}
			}
		}
		if got, want := w.searched("罚款 (2024) 第3", public.Filter{}), scanned(all, public.Filter{}, "罚款", "〔2024〕3号"); !slices.Equal(got, want) || len(want) == 0 {
			t.Errorf("a number among words: found %v, want %v", got, want)
		}
		if got := w.searched("(2077) 3号", public.Filter{}); got != nil {
			t.Errorf("a number that nothing has: %v", got)
		}
	})
}

func TestTheVariantsOfRealRecordsAreFoundAsTheyAreWritten(t *testing.T) {
	text, err := os.ReadFile(testkit.Shared(t, "real/reference/doc_number_variants.txt"))
	if err != nil {
		t.Fatal(err)
	}
	worlds(t, func(t *testing.T, w *world) {
		w.corpus(20)
		var rows []past.Row
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		for i, line := range lines {
			n, err := zh.ParseNumber(line)
			w.must(err)
			number := n.String()
			if n.Truncated {
				number = line // as an import keeps it
			}
			rows = append(rows, past.Row{Agency: "a1", AgencyName: "示例市民政局", Class: "处罚", Number: number, Title: "决定", Body: "正文", DecidedOn: "2024-03-04", Dup: fmt.Sprint("v", i)})
		}
		b := disclosure.Bulk{Run: "r2", Maker: "importer", Checker: w.second}
		w.must(w.write(func(tx *db.Tx) error {
			if _, err := past.TakeIn(tx, handler(), "r2", rows); err != nil {
				return err
			}
			list, sources, err := disclosure.Waiting(tx, "r2", "", 100)
			if err != nil {
				return err
			}
			var ready []disclosure.Ready
			for i := range list {
				ready = append(ready, disclosure.WorkOut(list[i], sources[i], b))
			}
			_, err = disclosure.PublishBatch(tx, b, ready)
			return err
		}))
		w.caughtUp()
		for i, line := range lines {
			found, err := w.reader.Search(w.ctx, line, public.Filter{}, "", 20)
			w.must(err)
			if !slices.ContainsFunc(found.Hits, func(h public.Hit) bool { return h.Number == rows[i].Number }) {
				t.Errorf("%s does not find %s but %d others", line, rows[i].Number, len(found.Hits))
			}
		}
	})
}

// What was taken down leaves its number, and the number leads to what is left, with nothing of the text.
func TestATombstoneIsFoundByItsNumberAndByNothingElse(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.corpus(40)
		id := w.public(w.due())
		w.caughtUp()
		p, err := w.reader.Get(w.ctx, id)
		w.must(err)
		words := []string{p.PartyName, p.Title, "骗取补助"}
		w.falls(id, repealed)
		w.must(w.room.Withdraw(w.ctx, w.maker, id, withdrawal()))
		w.caughtUp()
		n, err := zh.ParseNumber(p.Number)
		w.must(err)
		for _, query := range []string{p.Number, strings.NewReplacer("〔", "[", "〕", "] 第0").Replace(p.Number), fmt.Sprintf("(%d) %s", n.Year, n.Serial)} {
			found, err := w.reader.Search(w.ctx, query, public.Filter{}, "", 20)
			w.must(err)
			i := slices.IndexFunc(found.Hits, func(h public.Hit) bool { return h.ID == id })
			if i < 0 || found.Count != len(found.Hits) {
				t.Errorf("%s does not find the tombstone: %d hits, counted %d", query, len(found.Hits), found.Count)
				continue
			}
			if h := found.Hits[i]; h.State != public.Withdrawn || h.PartyName+h.Result+h.Basis != "" || len(h.Snippet) > 1 || len(h.Snippet) == 1 && h.Snippet[0].Text != "" {
				t.Errorf("%s shows of the tombstone %+v", query, h)
			}
		}
		for _, query := range append(words, words[0]+" "+p.Number) {
			found, err := w.reader.Search(w.ctx, query, public.Filter{}, "", 200)
			w.must(err)
			if slices.ContainsFunc(found.Hits, func(h public.Hit) bool { return h.ID == id }) {
				t.Errorf("%s finds what was withdrawn", query)
			}
		}
		if found, err := w.reader.Search(w.ctx, p.Number, public.Filter{Class: "许可"}, "", 20); err != nil || len(found.Hits) != 0 {
			t.Errorf("under another class: %+v %v", found.Hits, err)
		}
	})
}
