package monitor

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Kind is what sort of thing is wrong.
type Kind string

// What a monitor finds.
const (
	Signature    Kind = "signature"     // the checkpoint is not signed by the log's key
	Shrunken     Kind = "shrunken"      // the log is shorter than it was
	Forked       Kind = "forked"        // two histories of one log
	Broken       Kind = "broken"        // the entries do not make the signed root
	NoQuorum     Kind = "no-quorum"     // outsiders have not signed for a day
	KeyChanged   Kind = "key-changed"   //
	Order        Kind = "order"         // an entry that cannot follow those before it
	Gap          Kind = "gap"           // a number is missing in the count of decisions
	Opened       Kind = "opened"        // the opened commitment is not that of the decision
	Overdue      Kind = "overdue"       // decided, not public, and the last day is over
	LatePublish  Kind = "late-publish"  //
	LateWithdraw Kind = "late-withdraw" //
	NoGround     Kind = "no-ground"     //
	Extension    Kind = "extension"     // a last day was moved further than the law carries, or too late
	Backdated    Kind = "backdated"     // an entry claims another day than that on which it was logged
	Missing      Kind = "missing"       // the page is gone and the log does not say so
	Edited       Kind = "edited"        // the page says something else than the log
	Tombstone    Kind = "tombstone"     // what is left of a withdrawn text is not what the log says
	StillServed  Kind = "still-served"  // a withdrawn text can still be had
	Changed      Kind = "list"          // a list is not the one of the log
	Roots        Kind = "roots"         // the stated heads do not fit
)

// conduct are the kinds that tell how the agency acted. The record says so truly: nothing of it is in doubt. Every other kind means
// that the record, or what is shown of it, is not what it claims to be.
var conduct = []Kind{Overdue, LatePublish, LateWithdraw, NoGround, Extension}

// Conduct tells that a finding is about what the agency did, and not about its record.
func (f Finding) Conduct() bool { return slices.Contains(conduct, f.Kind) }

// Finding is one thing that is wrong. What is wrong in an entry of the log stays wrong: it has an ID, is listed at every look,
// and goes only when somebody has acknowledged it.
type Finding struct {
	ID      string `json:"id,omitempty"`
	Kind    Kind   `json:"kind"`
	Subject string `json:"subject"`
	Text    string `json:"text"`
}

// Report is what a run of the monitor saw.
type Report struct {
	At           time.Time `json:"at"`
	Agency       string    `json:"agency"`
	Key          string    `json:"key"`
	FirstUse     bool      `json:"first_use"` // the key was taken from the log itself
	Size         int64     `json:"size"`
	New          int64     `json:"new"`
	Decisions    int       `json:"decisions"`
	Waiting      int       `json:"waiting"` // decided and not public yet, in time or not
	Publications int       `json:"publications"`
	Checked      int       `json:"checked"`
	Requests     int       `json:"requests"`
	Witnessed    string    `json:"witnessed"`      // in words
	Backfilled   int       `json:"backfilled"`     // decisions and texts of before the log, entered afterwards and so marked
	Acknowledged int       `json:"acknowledged"`   // faults of entries that somebody has acknowledged
	Told         int       `json:"told,omitempty"` // faults that an older version counted and did not keep
	Findings     []Finding `json:"findings"`
}

// Sound tells that nothing is wrong.
func (r Report) Sound() bool { return len(r.Findings) == 0 }

// sort puts the findings in an order and leaves out what is said twice.
func (r *Report) sort() {
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return strings.Compare(string(a.Kind)+"\x00"+a.Subject+"\x00"+a.Text, string(b.Kind)+"\x00"+b.Subject+"\x00"+b.Text)
	})
	r.Findings = slices.Compact(r.Findings)
}

// Text is the report for people.
func (r Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "公示日志监测　机关 %s　%s\n", r.Agency, r.At.Format("2006-01-02 15:04:05"))
	fmt.Fprintf(&b, "日志 %d 项（新增 %d 项），已用条目重新计算存证根。公钥：%s\n", r.Size, r.New, r.Key)
	if r.FirstUse {
		b.WriteString("提示：公钥取自日志自身，请用 --key 或者 --policy 指定从可信渠道得到的公钥。\n")
	}
	fmt.Fprintf(&b, "见证：%s\n决定 %d 件，尚未公示 %d 件；公示 %d 件，本次核对页面 %d 件，共请求 %d 次。\n", r.Witnessed, r.Decisions, r.Waiting, r.Publications, r.Checked, r.Requests)
	if r.Backfilled > 0 {
		fmt.Fprintf(&b, "其中 %d 项是日志设立以前的决定和公示，事后补登并已注明补登日期：当时的情形不能由日志证明。\n", r.Backfilled)
	}
	if r.Told > 0 {
		fmt.Fprintf(&b, "状态文件由旧版本写成，其中日志的 %d 个问题只有件数；请删除状态文件重新监测，以列出明细。\n", r.Told)
	}
	if r.Acknowledged > 0 {
		fmt.Fprintf(&b, "已确认的日志问题 %d 个（见状态文件），不再列出。\n", r.Acknowledged)
	}
	if r.Sound() {
		b.WriteString("没有发现问题。\n")
		return b.String()
	}
	record, acts := r.Split()
	if len(record) == 0 {
		b.WriteString("一、记录和页面：签名、存证根、各项公示与日志一致，没有发现被改动。\n")
	} else {
		fmt.Fprintf(&b, "一、记录和页面：%d 个问题。记录或者页面与其所称不符，请保存状态文件并向机关和见证人查问。\n", len(record))
		number(&b, record)
	}
	if len(acts) == 0 {
		b.WriteString("二、机关履职：没有发现逾期等问题。\n")
	} else {
		fmt.Fprintf(&b, "二、机关履职：%d 个问题。这是日志如实记载的办理情况，不说明记录被改动；补办以后仍会列出，核实后可以用 --acknowledge 编号 --why 说明 --state 文件 予以确认。\n", len(acts))
		number(&b, acts)
	}
	b.WriteString("有任何一类问题，退出状态为 1；没有问题为 0；没有核对成为 2。\n")
	return b.String()
}

// Split parts what is wrong with the record and the pages from what the agency did.
func (r Report) Split() (record, acts []Finding) {
	for _, f := range r.Findings {
		if f.Conduct() {
			acts = append(acts, f)
		} else {
			record = append(record, f)
		}
	}
	return record, acts
}

func number(b *strings.Builder, list []Finding) {
	for i, f := range list {
		fmt.Fprintf(b, "%4d. ［%s］%s%s\n", i+1, f.Kind, f.Text, numbered(f.ID))
	}
}

// numbered names a fault by which it can be acknowledged.
func numbered(id string) string {
	if id == "" {
		return ""
	}
	return "（编号 " + id + "）"
}
