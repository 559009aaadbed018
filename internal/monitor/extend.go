package monitor

import (
	"mingjing/internal/workday"
)

// The grounds on which the last day for publishing moves, and the working days that a third party has at most
// (政府信息公开条例第十五条、第三十二条、第三十三条第三款; 国办发〔2018〕118号（六）).
const (
	thirdParty     = "征求第三方意见"
	otherCalendar  = "工作日安排公布或者调整"
	thirdPartyDays = 15
)

// extend follows a decision whose publication was put off, and works the day out anew. What the law does not carry is named,
// and the decision is then counted by the day that it does carry.
func (r *run) extend(e entry) {
	d := r.state.Decisions[e.Subject]
	if d == nil || d.Outcome != "" {
		r.find(Order, e.Subject, "日志第 %d 项推迟的决定 %s 没有登记，或者已经公示、不予公示", e.Seq, e.Subject)
		return
	}
	said, ground, before := e.Ref["due_on"], e.Ref["ground"], d.last()
	d.DueOn = said
	d.Last = before
	switch today := workday.DayOf(e.Recorded).String(); {
	case ground != thirdParty && ground != otherCalendar || e.Ref["document"] == "":
		r.find(NoGround, e.Subject, "决定 %s 的公示期限推迟到 %s，没有法定理由或者文书（%s）", e.Subject, said, ground)
		return
	case today > before:
		r.find(Extension, e.Subject, "决定 %s 的公示期限在届满（%s）之后才于 %s 推迟", e.Subject, before, today)
		return
	case ground == thirdParty && d.Stood != "":
		r.find(Extension, e.Subject, "决定 %s 的公示期限因征求第三方意见推迟了两次", e.Subject)
		return
	}
	if ground == thirdParty && !r.stood(e, d) {
		return
	}
	allowed, err := r.allowed(d)
	if err != nil || said > allowed.String() {
		r.find(Extension, e.Subject, "决定 %s 的公示期限推迟到 %s，晚于依法计算的 %s", e.Subject, said, allowed)
		said = allowed.String()
	}
	d.Last = max(said, before)
}

// stood notes the days that stand still while a third party is asked.
func (r *run) stood(e entry, d *decision) bool {
	asked, err1 := workday.ParseDay(e.Ref["asked_on"])
	until, err2 := workday.ParseDay(e.Ref["until_on"])
	decided, err3 := workday.ParseDay(d.DecidedOn)
	if err1 != nil || err2 != nil || err3 != nil || asked.Before(decided) || asked.After(workday.DayOf(e.Recorded)) {
		r.find(Extension, e.Subject, "决定 %s 的公示期限推迟，征求意见的日期 %s 至 %s 不对", e.Subject, e.Ref["asked_on"], e.Ref["until_on"])
		return false
	}
	if most, err := r.calendar.AddWorkdays(asked, thirdPartyDays); err == nil && until.After(most) {
		r.find(Extension, e.Subject, "决定 %s 征求第三方意见至 %s，超过十五个工作日（%s）", e.Subject, until, most)
		until = most
	}
	d.Stood = asked.AddDays(1).String() + "/" + until.String()
	return true
}

// allowed is the last day that the law gives a decision, with the days that stood still left out.
func (r *run) allowed(d *decision) (workday.Day, error) {
	decided, err := workday.ParseDay(d.DecidedOn)
	if err != nil {
		return workday.Day{}, err
	}
	limit := workday.Deadline{Trigger: decided, N: d.Days, Unit: workday.WorkDay}
	if limit.N == 0 {
		limit.N = days(d.Class) // remembered from before the limit was
	}
	if len(d.Stood) == len("2006-01-02/2006-01-02") {
		from, err1 := workday.ParseDay(d.Stood[:10])
		to, err2 := workday.ParseDay(d.Stood[11:])
		if err1 == nil && err2 == nil {
			limit.Stops = []workday.Stop{{From: from, To: to, Reason: thirdParty}}
		}
	}
	result, err := r.calendar.Due(limit)
	return result.Due, err
}
