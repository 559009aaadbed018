package recheck

import (
	"context"
	"fmt"
	"hash/maphash"

	"mingjing/internal/db"
	"mingjing/internal/recheck/calendar"
)

// Check is one thing that is recomputed.
type Check struct {
	Code  string
	Title string // what is recomputed, in Chinese
	Cite  string // the article that asks for it
}

// Problem is one thing that does not fit.
type Problem struct {
	Check  string `json:"check"`
	Agency string `json:"agency"`
	Where  string `json:"where"` // table and key, or place in the ledger
	What   string `json:"what"`  // in Chinese
	Cite   string `json:"cite"`
}

// Count is how often a check was made and how often it failed.
type Count struct {
	Code    string `json:"code"`
	Title   string `json:"title"`
	Cite    string `json:"cite"`
	Checked int64  `json:"checked"`
	Wrong   int64  `json:"wrong"`
}

// Report is what a re-check found.
type Report struct {
	Counts   []Count   `json:"counts"`
	Problems []Problem `json:"problems"` // the first of each check
	Total    int64     `json:"total"`    // how many there are in all
	Events   int64     `json:"events"`
	Rows     int64     `json:"rows"` // rows of the record that were read
}

// Sound tells that everything fits.
func (r Report) Sound() bool { return r.Total == 0 }

// named bounds the problems of one check that are named; the rest are counted.
const named = 50

// Options are what a re-check may be given beside the store.
type Options struct {
	// Verifier gives the public key of an agency's ledger, as in a signed note; nil leaves signatures unread.
	Verifier func(agency string) string
	// Known gives a checkpoint of an agency that is kept apart from the database; "" where there is none.
	Known func(agency string) string
	// Progress is told what is being read and how many rows of it were.
	Progress func(what string, done int64)
}

// run is one re-check on one snapshot of the store.
type run struct {
	tx      *db.Tx
	options Options
	report  Report
	counts  map[string]*Count

	seed   maphash.Seed
	days   *calendar.Calendar
	read   reading                  // of one leaf after the other
	bound  map[uint64]int32         // where the ledger's last word about each row stands among the words
	said   []word                   // without a pointer in it or in bound: what the collector of garbage need not look through
	papers map[uint64]evidence      // documents by what the events say of them
	made   map[uint64]int64         // events that make a decision, by their number
	lives  map[string]*life         // publications by what the events say of them
	lots   map[string][]lot         // batches of an import that came out, by agency
	open   map[string]*commitment   // blinded entries by agency, year and number
	rounds map[string]roundEvidence // reviews by the event of their verdict
	list   said                     // the words of one payload after the other
	texts  map[string]string        // texts that many events say
	hands  map[uint64]bool          // who had a hand in a case, by the case and the account
	judged []judgement              // verdicts and approvals, by the same
	cut    bool                     // a payload with words about rows was destroyed
}

// Run re-checks a store. The error is about reading only; what does not fit is in the report.
func Run(ctx context.Context, d *db.DB, o Options) (Report, error) {
	r := &run{options: o, counts: map[string]*Count{}, seed: maphash.MakeSeed(), bound: map[uint64]int32{}, papers: map[uint64]evidence{},
		lives: map[string]*life{}, made: map[uint64]int64{}, lots: map[string][]lot{}, open: map[string]*commitment{}, rounds: map[string]roundEvidence{}, texts: map[string]string{},
		hands: map[uint64]bool{}}
	for _, c := range all() {
		r.report.Counts = append(r.report.Counts, Count{Code: c.Code, Title: c.Title, Cite: c.Cite})
	}
	for i := range r.report.Counts {
		r.counts[r.report.Counts[i].Code] = &r.report.Counts[i]
	}
	var err error
	if r.days, err = calendar.Announced(); err != nil {
		return Report{}, fmt.Errorf("recheck: %w", err)
	}
	if err := d.Read(ctx, r.all); err != nil {
		return Report{}, fmt.Errorf("recheck: %w", err)
	}
	return r.report, nil
}

func (r *run) all(tx *db.Tx) error {
	r.tx = tx
	for _, step := range []func() error{r.ledgers, r.rows, r.documents, r.decisions, r.separation, r.deadlines, r.publications, r.outside, r.orders} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// did counts that a check was made.
func (r *run) did(code string, n int64) { r.counts[code].Checked += n }

// wrong records that a check failed.
func (r *run) wrong(code, agency, where, what string) {
	c := r.counts[code]
	c.Wrong++
	r.report.Total++
	if c.Wrong <= named {
		r.report.Problems = append(r.report.Problems, Problem{Check: code, Agency: agency, Where: where, What: what, Cite: c.Cite})
	}
}

// must counts a check and records its failure.
func (r *run) must(ok bool, code, agency, where, what string) {
	if r.fails(ok, code) {
		r.wrong(code, agency, where, what)
	}
}

// fails counts a check and tells whether it failed. Where millions are made, what is wrong is put into words only then.
func (r *run) fails(ok bool, code string) bool {
	r.counts[code].Checked++
	return !ok
}

func (r *run) progress(what string, done int64) {
	if r.options.Progress != nil {
		r.options.Progress(what, done)
	}
}

// Checks lists what is recomputed.
func Checks() []Check { return all() }

// checks is the table of all checks. Those with a query of their own stand in order.go.
var checks = []Check{
	{"LG-1", "台账编号不缺不重，叶文规范，各列与叶文一致", "行政处罚法第四十七条"},
	{"LG-2", "内容与承诺一致，销毁有据", "行政处罚法第四十七条；个人信息保护法第四十七条"},
	{"LG-3", "哈希树逐节点重算一致", "行政处罚法第四十七条"},
	{"LG-4", "检查点的根重算一致、签名有效", "行政处罚法第四十七条"},
	{"LG-5", "与库外保存的检查点一致", "行政处罚法第四十七条"},
	{"BD-1", "各行与台账最后一次记载一致", "行政处罚法第四十七条；国办发〔2018〕118号（七）"},
	{"BD-2", "不得改动的内容没有被改写", "行政处罚法第四十七条"},
	{"BD-3", "台账记载的各行都在", "行政处罚法第四十七条"},
	{"DC-1", "文书正文的哈希重算等于所存的哈希", "行政处罚法第四十七条、第五十九条"},
	{"DC-2", "文书与台账事件所记的哈希一致", "行政处罚法第四十七条"},
	{"DE-1", "决定有作出决定的台账事件，日期、文本一致", "行政处罚法第四十七条、第五十七条"},
	{"DE-2", "台账记载的决定都在", "行政处罚法第四十七条"},
	{"RV-1", "审核结论有台账事件，人员、日期、结论一致", "行政处罚法第五十八条"},
	{"SP-1", "审核人、批准人从未承办本案，也没有以本人或者代理人身份办理过承办环节", "行政处罚法第五十七条、第五十八条"},
	{"DL-1", "期限届满日重算一致（含调休、中止、顺延）", "行政处罚法第八十五条；民法典第二百零一条至第二百零三条"},
	{"DL-2", "期限的办结状态与日期相符", "行政处罚法第六十条"},
	{"PB-1", "公示到期日重算一致（七个、二十个工作日）", "行政处罚法第四十八条；国办发〔2018〕118号（六）"},
	{"PB-2", "公示的版本：内容哈希重算一致，制作与复核不是同一人", "行政处罚法第四十八条；政府信息公开条例第十七条"},
	{"PB-3", "公示的版本有台账事件，逐项一致", "行政处罚法第四十八条"},
	{"PB-4", "公开页面的各项与公示记录一致", "行政处罚法第四十八条"},
	{"PB-5", "公开正文与版本一致，撤下的正文不在公开表中", "行政处罚法第四十八条第二款"},
	{"PB-6", "撤下的不在检索中，公开的可以检索", "行政处罚法第四十八条第二款"},
	{"PB-7", "公开的计数重算一致", "国办发〔2018〕118号（四）"},
	{"PB-11", "撤下期限重算一致（三个工作日），变动日、撤下日、逾期与台账事件一致", "行政处罚法第四十八条第二款"},
	{"CM-1", "每个决定有盲承诺，年度内编号不缺", "行政处罚法第四十八条"},
	{"CM-2", "承诺以所存的盐打开，各项与台账一致", "行政处罚法第四十八条"},
	{"CM-3", "承诺的结果与公示的状态一致", "行政处罚法第四十八条"},
}
