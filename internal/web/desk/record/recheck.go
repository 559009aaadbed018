package record

import (
	"mingjing/internal/db"
	"mingjing/internal/house"
	"mingjing/internal/job"
	"mingjing/internal/recheck"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// recheckPart is the newest re-check on the page of verification.
type recheckPart struct {
	Made, Sound, Failed bool
	Running             string // what is being read just now
	Facts               []seat.Fact
	Problems            []recheck.Problem
	More                int64
}

// problemsShown bounds the problems on the page; the verb prints them all.
const problemsShown = 100

func (r room) lastRecheck(v *seat.Visitor) (part recheckPart, err error) {
	var last, running recheck.Kept
	var made, runs, waits bool
	err = v.Read(func(tx *db.Tx) (err error) {
		if last, made, err = recheck.Last(tx, recheck.Done, recheck.Failed); err != nil {
			return err
		}
		if running, runs, err = recheck.Last(tx, recheck.Running); err != nil {
			return err
		}
		waits, err = job.Under(tx, wholeStore())
		return err
	})
	if err != nil {
		return part, err
	}
	switch {
	case runs && running.ID > last.ID:
		part.Running = "自" + seat.Moment(running.Begun) + "起正在复算" + running.Progress
	case waits:
		part.Running = "复算正在等待开始"
	}
	if !made {
		return part, nil
	}
	checked := int64(0)
	for _, c := range last.Report.Counts {
		checked += c.Checked
	}
	part.Made, part.Sound, part.Failed = true, last.Report.Sound(), last.State == recheck.Failed
	part.Facts = []seat.Fact{{Name: "复算时间", Text: seat.Moment(last.Ended)}, {Name: "台账", Text: page.Count(int(last.Report.Events)) + "项"}, {Name: "记录", Text: page.Count(int(last.Report.Rows)) + "行"},
		{Name: "核对", Text: page.Count(int(checked)) + "次"}, {Name: "不相符", Text: page.Count(int(last.Report.Total)) + "处"}}
	part.Problems = last.Report.Problems[:min(len(last.Report.Problems), problemsShown)]
	part.More = last.Report.Total - int64(len(part.Problems))
	return part, nil
}

// wholeStore is the re-check of every row, the same work as the nightly round.
func wholeStore() job.New {
	return job.New{Kind: house.WorkRecheck, Key: "round/" + house.WorkRecheck}
}

// recheckNow asks for a re-check by day.
func (r room) recheckNow(v *seat.Visitor) error {
	joined, err := r.ask(v, wholeStore())
	switch {
	case err != nil:
		return err
	case joined:
		return v.Done(root+"/verify", "复算已经在进行，没有另起一次。完成后本页显示结果。")
	}
	return v.Done(root+"/verify", "复算已开始。可以离开本页，稍后再来看。")
}
