package record

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"

	"mingjing/internal/db"
	"mingjing/internal/job"
	"mingjing/internal/ledger/verification"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// workVerify is the kind of the queued verification.
const workVerify = "ledger.verify"

type verifyArgs struct{ Agency string }

// check is how far a verification that runs has come.
type check struct {
	Running     bool
	Done, Total int64
}

// checks are the verifications under way, by agency; what they find is kept in the store.
type checks struct {
	mu   sync.Mutex
	last map[string]check
}

func (c *checks) get(agency string) check {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last[agency]
}

func (c *checks) set(agency string, now check) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last[agency] = now
}

func (r room) workVerify(ctx context.Context, j job.Job) error {
	var args verifyArgs
	if err := j.Decode(&args); err != nil {
		return job.Permanent(err)
	}
	defer r.checks.set(args.Agency, check{})
	_, err := r.House.VerifyLog(ctx, args.Agency, func(done, total int64) { r.checks.set(args.Agency, check{Running: true, Done: done, Total: total}) })
	if err != nil {
		return job.Permanent(fmt.Errorf("record: verify: %w", err))
	}
	return nil
}

// verifyPage is the latest verification.
type verifyPage struct {
	page.Frame
	Tabs     []page.Link
	Running  bool
	Result   verification.Result
	Facts    []seat.Fact
	Progress page.Progress
	Ever     bool
	History  string // what the comparison with the checkpoint kept apart says
	Recheck  recheckPart
}

func (r room) verify(v *seat.Visitor) error {
	c, err := r.underway(v)
	if err != nil {
		return err
	}
	last, ever, err := r.House.LastVerification(v.Context(), v.Agency)
	if err != nil {
		return err
	}
	d := verifyPage{Frame: v.Head("核验", page.Link{Text: "台账"}, page.Link{Text: "全过程记录", Href: root}), Tabs: tabs(root + "/verify"), Running: c.Running, Result: last, Ever: ever}
	if c.Running {
		d.Progress = page.Progress{Title: "正在核验", Done: int(c.Done), Total: int(max(c.Total, 1)), Href: root + "/verify/progress"}
	}
	if ever {
		count := func(n int64, unit string) string { return page.Count(int(n)) + unit }
		d.Facts = []seat.Fact{{Name: "核验时间", Text: seat.Moment(last.At)}, {Name: "记录", Text: count(last.Events, "项")}, {Name: "检查点", Text: count(last.Checkpoints, "个")},
			{Name: "已签名", Text: "前" + count(last.Signed, "项")}, {Name: "国密存证根", Text: count(last.Seals, "个")}, {Name: "依法销毁的载荷", Text: count(last.Shredded, "项")},
			{Name: "不相符", Text: count(last.Problems, "处")}, {Name: "重新计算的存证根", Text: last.Root, Code: true, Wide: true}}
	}
	if d.Recheck, err = r.lastRecheck(v); err != nil {
		return err
	}
	return v.Show(http.StatusOK, "verify", d)
}

// wholeLog is the verification of an agency's log from its first entry.
func wholeLog(agency string) job.New {
	return job.New{Kind: workVerify, Key: workVerify + "/" + agency, Args: verifyArgs{Agency: agency}}
}

// ask queues work, or joins what of it waits or runs already: a second click makes no second run.
func (r room) ask(v *seat.Visitor, n job.New) (joined bool, err error) {
	err = v.Write(func(tx *db.Tx) (err error) {
		if joined, err = job.Under(tx, n); err != nil || joined {
			return err
		}
		_, err = r.House.Jobs.Enqueue(tx, n)
		return err
	})
	return joined, err
}

// underway is how far a verification has come that waits or runs, whoever asked for it and whichever process does it.
func (r room) underway(v *seat.Visitor) (check, error) {
	c := r.checks.get(v.Agency)
	if c.Running {
		return c, nil
	}
	err := v.Read(func(tx *db.Tx) (err error) {
		c.Running, err = job.Under(tx, wholeLog(v.Agency))
		return err
	})
	return c, err
}

// begin asks for a verification.
func (r room) begin(v *seat.Visitor) error {
	joined, err := r.ask(v, wholeLog(v.Agency))
	if err != nil {
		return err
	}
	if joined {
		return v.Done(root+"/verify", "核验已经在进行，没有另起一次。完成后本页显示结果。")
	}
	r.checks.set(v.Agency, check{Running: true})
	return v.Done(root+"/verify", "核验已开始。可以离开本页，稍后再来看。")
}

func (r room) progress(v *seat.Visitor) error {
	c, err := r.underway(v)
	if err != nil {
		return err
	}
	body, err := json.Marshal(map[string]any{"done": c.Done, "total": c.Total, "over": !c.Running, "text": fmt.Sprintf("已核验%s项，共%s项", page.Count(int(c.Done)), page.Count(int(c.Total)))})
	if err != nil {
		return err
	}
	v.Bytes(http.StatusOK, "application/json", body)
	return nil
}
