package intake

import (
	"fmt"
	"net/http"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/exchange"
	"mingjing/internal/job"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// runPage is one import: its counts, what was not taken, what waits for a second person.
type runPage struct {
	page.Frame
	Run     exchange.Run
	State   string
	Tone    string
	Facts   []seat.Fact
	Left    []exchange.RowReport
	Waiting []waitingRow
	// The two lists as files.
	TakenFiles, LeftFiles []page.Link
	More                  string // address of the following part of what waits
	Check                 *seat.Form
	Refused               string
	Trouble               seat.Trouble
	Progress              page.Progress
	Busy                  bool
}

type waitingRow struct {
	Title, Number, Href, State, Tone string
	Findings                         int
}

// shown bounds what one page lists of an import.
const shown = 100

func (r room) run(v *seat.Visitor) error { return r.showRun(v, http.StatusOK, seat.Trouble{}) }

func (r room) showRun(v *seat.Visitor, status int, t seat.Trouble) error {
	x, err := r.exchange.FindRun(v.Context(), v.Agency, v.Path("id"))
	if err != nil {
		return err
	}
	names, err := v.Names(x.Actor, x.OnBehalf)
	if err != nil {
		return err
	}
	d := runPage{Frame: v.Head(x.Name, page.Link{Text: "导入", Href: root}), Run: x, Trouble: t}
	d.State, d.Tone = state(x)
	d.Facts = []seat.Fact{{Name: "读到", Text: page.Count(x.Rows) + "行"}, {Name: "导入", Text: page.Count(x.Imported) + "件"}, {Name: "重复", Text: page.Count(x.Duplicates) + "行"},
		{Name: "未导入", Text: page.Count(x.LeftOut) + "行"}, {Name: "已公示", Text: page.Count(x.Published) + "件"}, {Name: "待核对", Text: page.Count(x.Imported-x.Published) + "件"},
		{Name: "导入人", Text: importer(x, names)}, {Name: "时间", Text: seat.Moment(x.StartedAt)}}
	if d.Left, err = r.exchange.NotTaken(v.Context(), v.Agency, x.ID, 0, shown); err != nil {
		return err
	}
	found, err := r.House.Disclosure.ByRun(v.Context(), x.ID, v.Value("after"), shown)
	if err != nil {
		return err
	}
	d.Waiting = waiting(found.Rows)
	d.TakenFiles, d.LeftFiles = r.takenList().Exports(v, len(d.Waiting)), r.leftList().Exports(v, len(d.Left))
	if found.Next != "" {
		d.More = root + "/" + x.ID + "?after=" + found.Next
	}
	if d.Busy, err = r.busy(v, x); err != nil {
		return err
	}
	if d.Busy {
		d.Progress = page.Progress{Title: "核对公示", Done: x.Published, Total: max(x.Imported, 1), Href: root + "/" + x.ID + "/progress"}
	} else if x.State != "running" && x.Published < x.Imported {
		d.Check, d.Refused = r.checkForm(v, x)
	}
	return v.Show(status, "run", d)
}

func toneOf(state string) string {
	switch state {
	case disclosure.StatePublished:
		return "met"
	case disclosure.StateWithdrawn:
		return "late"
	case disclosure.StateDue:
		return "soon"
	}
	return "none"
}

// checkForm is what a second person fills in; the one who imported is told why not.
func (r room) checkForm(v *seat.Visitor, x exchange.Run) (*seat.Form, string) {
	for _, mine := range v.Identities() {
		if mine == x.Actor || mine == x.OnBehalf {
			return nil, "导入的内容由他人核对，导入人不得核对自己导入的内容（《政府信息公开条例》第十七条）。"
		}
	}
	if d := access.Can(v.Actor, access.PublicationCheck, access.Thing{Kind: kind, Agency: v.Agency}); !d.Allowed && !d.NeedStepUp {
		return nil, d.Reason
	}
	return &seat.Form{Action: root + "/" + x.ID + "/check", Submit: "核对并公示", Title: "批量核对", Grave: true,
		Lead: "确定的个人信息一律隐去。逐件核对可以打开下面的清单；批量核对以您的名义作出。",
		Fields: []seat.Field{{Name: "doubt", Label: "疑似个人信息怎样处理", Control: seat.Radio, Required: true, Value: string(disclosure.HoldDoubtful), Options: []seat.Option{
			{Value: string(disclosure.HoldDoubtful), Text: "留待逐件核对", Hint: "有疑似之处的决定不公示，留在清单里。"},
			{Value: string(disclosure.HideDoubtful), Text: "一律隐去后公示", Hint: "从严隐去，可能多隐去一些不是个人信息的文字。"}}},
			{Name: "sure", Label: "我已抽看下面的清单，确认可以公示", Control: seat.Tick, Required: true}}}, ""
}

// checkKey names the queued check of a run.
func checkKey(run string) string { return workCheck + "/" + run }

func (r room) busy(v *seat.Visitor, x exchange.Run) (bool, error) {
	busy := false
	err := v.Read(func(tx *db.Tx) error {
		for _, state := range []string{job.Ready, job.Running} {
			list, err := job.List(tx, state, "", 200)
			if err != nil {
				return err
			}
			for _, j := range list {
				busy = busy || j.Key == checkKey(x.ID)
			}
		}
		return nil
	})
	return busy, err
}

// check queues the bulk check in the name of the second person.
func (r room) check(v *seat.Visitor) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	x, err := r.exchange.FindRun(v.Context(), v.Agency, v.Path("id"))
	if err != nil {
		return err
	}
	doubt := disclosure.Doubt(typed.Get("doubt"))
	_, refused := r.checkForm(v, x)
	switch {
	case refused != "":
		err = refusal.Invalid{Message: refused}
	case doubt != disclosure.HoldDoubtful && doubt != disclosure.HideDoubtful:
		err = refusal.Invalid{Message: "请选择疑似个人信息怎样处理。"}
	case typed.Get("sure") == "":
		err = refusal.Invalid{Message: "请抽看清单后勾选确认。"}
	default:
		err = v.Write(func(tx *db.Tx) error {
			_, err := r.House.Jobs.Enqueue(tx, job.New{Kind: workCheck, Key: checkKey(x.ID), Args: checkArgs{Account: v.Account, Acting: v.Acting, Agency: v.Agency, Run: x.ID, Doubt: doubt}})
			return err
		})
	}
	if err == nil {
		return v.Done(root+"/"+x.ID, "核对已开始。可以离开本页，稍后再来看。")
	}
	t, ok := seat.TroubleOf(err)
	if !ok {
		return err
	}
	return r.showRun(v, http.StatusUnprocessableEntity, t)
}

func (r room) runProgress(v *seat.Visitor) error {
	x, err := r.exchange.FindRun(v.Context(), v.Agency, v.Path("id"))
	if err != nil {
		return err
	}
	busy, err := r.busy(v, x)
	if err != nil {
		return err
	}
	return say(v, far{Done: x.Published, Total: x.Imported, Text: fmt.Sprintf("已公示%s件，共%s件", page.Count(x.Published), page.Count(x.Imported)), Over: !busy})
}
