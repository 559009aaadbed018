package main

import (
	"encoding/csv"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"mingjing/internal/testkit"
)

// These benchmarks run the built program on a store of 100,000 publications. The first run makes it, through the import
// itself, which takes some minutes; MINGJING_BENCH names the folder in which it is kept, and the user's cache is taken
// when it names none.

const publications = 100_000

// program is the built program.
func program(b *testing.B) string {
	b.Helper()
	path := filepath.Join(testkit.Root(b), "bin", "mingjing")
	if _, err := os.Stat(path); err != nil {
		b.Skip("the program is not built: make build")
	}
	return path
}

// bigStore is the folder of a bureau with 100,000 publications.
func bigStore(b *testing.B) string {
	b.Helper()
	folder := os.Getenv("MINGJING_BENCH")
	if folder == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			b.Skip("there is no folder to keep the store in")
		}
		folder = filepath.Join(cache, "mingjing-bench")
	}
	if _, err := os.Stat(filepath.Join(folder, "ready")); err == nil {
		return folder
	}
	if err := os.RemoveAll(folder); err != nil {
		b.Fatal(err)
	}
	run(b, "demo", "--folder", folder, "--only")
	rows := filepath.Join(folder, "rows.csv")
	write(b, rows)
	run(b, "import", "decisions", rows, "--db", "sqlite:"+filepath.Join(folder, "mingjing.db"), "--as", "su", "--checked-by", "tang", "--publish",
		"--map", "title=title,number=doc_no,body=body,decided=decision_published,class=category")
	if err := os.WriteFile(filepath.Join(folder, "ready"), nil, 0o600); err != nil {
		b.Fatal(err)
	}
	return folder
}

func run(b *testing.B, args ...string) {
	b.Helper()
	if out, err := exec.Command(program(b), args...).CombinedOutput(); err != nil {
		b.Fatalf("%s: %v\n%s", args[0], err, out[max(0, len(out)-2000):])
	}
}

// write repeats the rows of a real file, each copy with numbers of its own.
func write(b *testing.B, path string) {
	b.Helper()
	in, err := os.Open(testkit.Shared(b, "real/cn_enforcement/csrc_regulatory_measures.csv"))
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	list, err := csv.NewReader(in).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	out, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	w := csv.NewWriter(out)
	_ = w.Write(list[0])
	for i := range publications {
		row := slices.Clone(list[1+i%(len(list)-1)])
		row[5] = fmt.Sprintf("沪证监决〔2024〕%d号", i+1)
		_ = w.Write(row)
	}
	if w.Flush(); w.Error() != nil {
		b.Fatal(w.Error())
	}
}

// running is a program at work.
type running struct {
	*testing.B
	process *exec.Cmd
	address string
	clients []*http.Client
	took    time.Duration // from the start to the first answer
}

// start runs the program on the big store and waits for its first answer.
func start(b *testing.B, folder string) *running {
	b.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	r := &running{B: b, address: free.Addr().String(), clients: make([]*http.Client, 200)}
	free.Close()
	for i := range r.clients {
		// The server lets one address have so many pages computed in a second; the readers come from many.
		from := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(i+1))}}
		r.clients[i] = &http.Client{Transport: &http.Transport{DialContext: from.DialContext}}
	}
	r.process = exec.Command(program(b), "serve", "--db", "sqlite:"+filepath.Join(folder, "mingjing.db"), "--listen", r.address)
	began := time.Now()
	if err := r.process.Start(); err != nil {
		b.Fatal(err)
	}
	for {
		answer, err := r.clients[0].Get("http://" + r.address + "/")
		if err == nil && answer.Body.Close() == nil && answer.StatusCode == http.StatusOK {
			break
		}
		if time.Since(began) > time.Minute {
			r.stop()
			b.Fatalf("no answer within a minute: %v", err)
		}
		time.Sleep(time.Millisecond)
	}
	r.took = time.Since(began)
	return r
}

func (r *running) stop() {
	_ = r.process.Process.Signal(os.Interrupt)
	_ = r.process.Wait()
}

// get asks for a page as reader i and tells how long it took.
func (r *running) get(i int, page string, query url.Values) time.Duration {
	r.Helper()
	began := time.Now()
	answer, err := r.clients[i%len(r.clients)].Get("http://" + r.address + page + "?" + query.Encode())
	if err != nil {
		r.Fatal(err)
	}
	body := make([]byte, 64<<10)
	for err == nil {
		_, err = answer.Body.Read(body)
	}
	if answer.Body.Close(); answer.StatusCode != http.StatusOK {
		r.Fatalf("%s?%s: %s", page, query.Encode(), answer.Status)
	}
	return time.Since(began)
}

// pair asks for a page of search and for the same page of the plain list; no page is asked for twice.
func (r *running) pair(i int) (search, list time.Duration) {
	words := []string{"警示函", "内幕交易", "信息披露", "责令改正", "募集资金", "债券", "基金", "证券", "监管谈话", "保荐", "公司", "上海 责令改正", "决定", "有限公司 年度报告", "违反",
		fmt.Sprintf("沪证监决〔2024〕%d号", 1000+i*37%90_000)}
	q := url.Values{"once": {strconv.Itoa(i)}}
	switch i % 3 {
	case 1:
		q.Set("year", strconv.Itoa(2017+i%7))
	case 2:
		q.Set("class", []string{"其他", "处罚"}[i%2])
	}
	list = r.get(i, "/publications", q)
	q.Set("q", words[i%len(words)])
	return r.get(i, "/publications", q), list
}

// kilobytes reads a line of /proc/PID/status.
func (r *running) kilobytes(name string) float64 {
	r.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", r.process.Process.Pid))
	if err != nil {
		r.Skip("the resident size is read from /proc")
	}
	for line := range strings.Lines(string(raw)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == name+":" {
			n, _ := strconv.ParseFloat(fields[1], 64)
			return n
		}
	}
	return 0
}

func middle(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

// BenchmarkStart starts the program seven times on the big store: how long until the first answer, and how much memory is
// resident after 200 pages. Beside it stands a start of the same program that opens nothing.
func BenchmarkStart(b *testing.B) {
	folder := bigStore(b)
	var starts, bare, resident, own []float64
	for b.Loop() {
		for range 7 {
			began := time.Now()
			run(b, "deadline", "2026-02-13", "+7wd")
			bare = append(bare, time.Since(began).Seconds()*1000)
			r := start(b, folder)
			for i := range 100 {
				r.pair(i)
			}
			starts, resident, own = append(starts, r.took.Seconds()*1000), append(resident, r.kilobytes("VmRSS")/1024), append(own, r.kilobytes("RssAnon")/1024)
			r.stop()
		}
	}
	b.ReportMetric(middle(starts), "start-ms")
	b.ReportMetric(middle(bare), "bare-start-ms")
	b.ReportMetric(middle(resident), "resident-MB")
	b.ReportMetric(middle(own), "resident-without-program-MB")
}

// BenchmarkSearchPage compares pages of search with pages of the plain list on the big store, each computed: the 99th
// percentile of 600 of each, in seven rounds.
func BenchmarkSearchPage(b *testing.B) {
	r := start(b, bigStore(b))
	defer r.stop()
	var searches, lists, quotients []float64
	i := 0
	for b.Loop() {
		for range 7 {
			var search, list []time.Duration
			for range 600 {
				s, l := r.pair(i)
				search, list, i = append(search, s), append(list, l), i+1
			}
			slices.Sort(search)
			slices.Sort(list)
			s, l := search[len(search)*99/100].Seconds()*1000, list[len(list)*99/100].Seconds()*1000
			searches, lists, quotients = append(searches, s), append(lists, l), append(quotients, s/l)
		}
	}
	b.ReportMetric(middle(searches), "search-p99-ms")
	b.ReportMetric(middle(lists), "list-p99-ms")
	b.ReportMetric(middle(quotients), "search/list")
}
