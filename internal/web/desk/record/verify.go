package record

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/job"
	"mingjing/internal/ledger"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// workVerify is the kind of the queued verification.
const workVerify = "ledger.verify"

type verifyArgs struct{ Agency string }

// check is how far a verification has come, or what it found.
type check struct {
	Running     bool
	Done, Total int64
	Report      ledger.Report
	At          time.Time
	Took        time.Duration
	Fault       string
}

// checks keeps the last verification of each agency in memory: it says nothing that cannot be computed again.
type checks struct {
	mu   sync.Mutex
	last map[string]check
}

func (c *checks) get(agency string) check {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last[agency]
}

func (c *checks) set(agency string, change func(*check)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.last[agency]
	change(&now)
	c.last[agency] = now
}

func (r room) workVerify(ctx context.Context, j job.Job) error {
	var args verifyArgs
	if err := j.Decode(&args); err != nil {
		return job.Permanent(err)
	}
	begun := r.House.DB.Now()
	report, err := ledger.Verify(ctx, r.House.DB, args.Agency, r.House.Ledger.Verifier(args.Agency), ledger.VerifyOptions{
		Progress: func(done, total int64) { r.checks.set(args.Agency, func(c *check) { c.Done, c.Total = done, total }) }})
	r.checks.set(args.Agency, func(c *check) {
		*c = check{Report: report, At: r.House.DB.Now(), Took: r.House.DB.Now().Sub(begun)}
		if err != nil {
			c.Fault = "记录读不出来，核验没有完成。"
		}
	})
	if err != nil {
		return job.Permanent(fmt.Errorf("record: verify: %w", err))
	}
	return nil
}

// verifyPage is the latest verification.
type verifyPage struct {
	page.Frame
	Tabs     []page.Link
	Check    check
	Facts    []seat.Fact
	Progress page.Progress
	Ever     bool
	History  string // what the comparison with the checkpoint kept apart says
}

func (r room) verify(v *seat.Visitor) error {
	c := r.checks.get(v.Agency)
	d := verifyPage{Frame: v.Head("核验", page.Link{Text: "台账"}, page.Link{Text: "全过程记录", Href: root}), Tabs: tabs(root + "/verify"), Check: c, Ever: !c.At.IsZero()}
	if c.Running {
		d.Progress = page.Progress{Title: "正在核验", Done: int(c.Done), Total: int(max(c.Total, 1)), Href: root + "/verify/progress"}
	}
	if d.Ever {
		d.Facts = []seat.Fact{{Name: "核验时间", Text: seat.Moment(c.At)}, {Name: "记录", Text: page.Count(int(c.Report.Events)) + "项"}, {Name: "检查点", Text: page.Count(int(c.Report.Checkpoints)) + "个"},
			{Name: "已签名", Text: "前" + page.Count(int(c.Report.Signed)) + "项"}, {Name: "依法销毁的载荷", Text: page.Count(int(c.Report.Shredded)) + "项"}, {Name: "不相符", Text: page.Count(int(c.Report.Count)) + "处"},
			{Name: "重新计算的存证根", Text: c.Report.Root.String(), Code: true, Wide: true}}
	}
	return v.Show(http.StatusOK, "verify", d)
}

// begin queues a verification; one that runs is not begun twice.
func (r room) begin(v *seat.Visitor) error {
	err := v.Write(func(tx *db.Tx) error {
		_, err := r.House.Jobs.Enqueue(tx, job.New{Kind: workVerify, Key: workVerify + "/" + v.Agency, Args: verifyArgs{Agency: v.Agency}})
		return err
	})
	if err != nil {
		return err
	}
	r.checks.set(v.Agency, func(c *check) { c.Running = true })
	return v.Done(root+"/verify", "核验已开始。可以离开本页，稍后再来看。")
}

func (r room) progress(v *seat.Visitor) error {
	c := r.checks.get(v.Agency)
	body, err := json.Marshal(map[string]any{"done": c.Done, "total": c.Total, "over": !c.Running, "text": fmt.Sprintf("已核验%s项，共%s项", page.Count(int(c.Done)), page.Count(int(c.Total)))})
	if err != nil {
		return err
	}
	v.Bytes(http.StatusOK, "application/json", body)
	return nil
}
