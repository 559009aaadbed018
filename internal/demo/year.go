package demo

import (
	"context"
	"fmt"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/house"
	"mingjing/internal/workday"
)

// Built tells whether the year has been lived already.
func Built(ctx context.Context, h *house.House) (bool, error) { return h.Founded(ctx) }

// Live founds the bureau and lives through a year that ends now.
func Live(ctx context.Context, h *house.House, clock *house.Clock, progress func(done, all int)) error {
	end := clock.Now()
	begin := workday.DayOf(end).AddDays(-330)
	clock.Stop(begin.Start().Add(8 * time.Hour))
	defer clock.Go()
	if err := h.Found(ctx); err != nil {
		return err
	}
	actors, err := engage(ctx, h, begin)
	if err != nil {
		return err
	}
	y := &Year{ctx: ctx, House: h, clock: clock, Actors: actors, Begin: begin, End: end}
	if err := h.PublishLists(ctx, y.Actors["su"]); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	y.story()
	if err := y.live(progress); err != nil {
		return err
	}
	clock.Stop(end)
	if _, err := h.Index.CatchUp(ctx); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return h.DB.Write(ctx, h.Agency.Code, func(tx *db.Tx) error { return access.ShiftSessions(tx, 0) })
}

// story plans the year.
func (y *Year) story() {
	big := Matter{Item: "MZ-CF-020", Cause: "违反规定收取费用", Facts: "当事人向会员收取会费标准以外的评审费用三万元。", Violated: "社会团体登记管理条例第二十六条", Basis: "社会团体登记管理条例第三十条第一款第八项",
		Party: organisation("云山市阳光教育促进会", "", "云山市人民路8号", "孟初阳"), Kinds: []any{"警告", "罚款"}, Fine: 3000000, Hearing: true, Handler: "zhou", Second: "zheng", Head: "he"}
	l := y.begin(y.Begin.AddDays(9), big, "投诉举报")
	l.investigated()
	l.told("直接关系当事人或者第三人重大权益")
	l.drafted(8)
	l.submitted(1)
	l.reviewed("shen", "同意")
	l.decided()
	l.published(1)
	l.performed(4)
	l.filed()
	for i, m := range matters() {
		l := y.begin(y.Begin.AddDays(6+i*17), m, "监督检查")
		l.investigated()
		l.told()
		l.drafted(8)
		l.decided()
		l.published(1)
		l.performed(4)
		l.filed()
	}
}

func organisation(name, code, address, rep string) map[string]any {
	p := map[string]any{"kind": "法人或者其他组织", "name": name, "address": address, "legal_rep": rep, "legal_rep_post": "负责人"}
	if code != "" {
		p["code"] = code
	}
	return p
}

func matters() []Matter {
	return []Matter{
		{Item: "MZ-CF-016", Cause: "不按照规定办理变更登记", Facts: "当事人更换住所后逾期四个月未办理变更登记。", Violated: "社会团体登记管理条例第十八条第一款", Basis: "社会团体登记管理条例第三十条第一款第四项",
			Party: organisation("云山市晨光书画协会", "", "云山市文化街1号", "林晨光"), Kinds: []any{"警告"}, Handler: "zhou", Second: "zheng", Head: "he"},
	}
}
