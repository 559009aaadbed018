package desk

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/workday"
)

// clockPage is where the clock of a demonstration is moved; a real agency has no such page.
const clockPage = "/desk/clock"

func (d *Desk) clockForm(v *seat.Visitor) seat.FormPage {
	return seat.FormPage{Frame: v.Head("拨动演示时钟", page.Link{Text: "演示时钟"}), Note: "时钟只能向后拨，记录同样不能倒退。拨过半天以后，需要重新登录。",
		Form: seat.Form{Action: clockPage, Submit: "拨到这一天", Cancel: "/desk/", Fields: []seat.Field{{Name: "day", Label: "拨到哪一天", Control: seat.Date, Required: true,
			Value: v.Today().AddDays(1).String(), Hint: "现在是" + v.Today().String() + "。拨到期限以后，就能看到临近和超期的提醒。"}}}}
}

func (d *Desk) clockAsk(v *seat.Visitor) error {
	return v.Show(http.StatusOK, "form", d.clockForm(v))
}

func (d *Desk) clockMove(v *seat.Visitor) error {
	p := d.clockForm(v)
	return v.Submit(p.Form, func(typed url.Values) error {
		day, err := workday.ParseDay(strings.TrimSpace(typed.Get("day")))
		if err != nil {
			return refusal.Field("day", "日期读不懂，请写成2026-03-02这样的日期。")
		}
		ahead := day.Sub(v.Today())
		if ahead < 1 {
			return refusal.Field("day", "请填写今天以后的日期：时钟不能倒退。")
		}
		if ahead > clockMost {
			return refusal.Field("day", "一次最多向后拨一年。")
		}
		if err := d.options.Move(time.Duration(ahead) * 24 * time.Hour); err != nil {
			return refusal.Field("day", "演示时钟总共最多向后拨三年。")
		}
		return v.Done("/desk/", "演示时钟已拨到"+day.String()+"。")
	}, func(f seat.Form) error {
		p.Form = f
		return v.Show(http.StatusUnprocessableEntity, "form", p)
	})
}

// clockMost is how many days one move may skip.
const clockMost = 366
