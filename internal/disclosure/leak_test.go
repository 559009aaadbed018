package disclosure_test

import (
	"errors"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/content"
	"mingjing/internal/redact"
	"mingjing/internal/refusal"
)

// field tells that an act was refused because of what was typed in one field.
func (w *world) field(err error, name string) {
	w.Helper()
	var invalid refusal.Invalid
	if !errors.As(err, &invalid) || invalid.Fields[name] == "" {
		w.Errorf("got %v, want a message about %s", err, name)
	}
}

func TestNothingPersonalComesOutThroughTheNoticeOfAWithdrawal(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.public(w.due())
		w.falls(id, "欧阳清泉诉示例市民政局（2026）示0101行初3号") // as a case may record it
		for name, spoil := range map[string]func(*disclosure.Withdrawal){
			"document": func(in *disclosure.Withdrawal) { in.Document = "13800138000的申请，示政复决字〔2026〕3号" },
			"reason":   func(in *disclosure.Withdrawal) { in.Reason = "证人身份证号110101199003074514有误。" },
		} {
			in := withdrawal()
			spoil(&in)
			w.field(w.room.Withdraw(w.ctx, w.maker, id, in), name)
		}
		in := withdrawal()
		in.Document, in.Reason = "欧阳清泉诉示例市民政局（2026）示0101行初3号", "欧阳清泉的证言有误。"
		err := w.room.Withdraw(w.ctx, w.maker, id, in)
		w.field(err, "document")
		w.field(err, "reason")
		in.Document, in.Reason = "云杉养老服务中心诉示例市民政局（2026）示0101行初3号", "证言有误。"
		w.must(w.room.Withdraw(w.ctx, w.maker, id, in))
	})
}

func TestWhatAPersonHidByHandIsNotTypedIntoACorrectionOrWithdrawalLater(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		due := w.due()
		due.Known = due.Known[:1]
		id := w.owe(due)
		w.served(due.Decision, "2026-03-02")
		draft, err := w.room.Draft(w.ctx, w.maker, id)
		w.must(err)
		at := strings.Index(draft.Source, "欧阳清泉")
		mark, err := redact.Mark(draft.Source, at, at+len("欧阳清泉"), redact.Name)
		w.must(err)
		w.must(w.room.Prepare(w.ctx, w.maker, id, disclosure.Prepared{Decisions: append(disclosure.AcceptAll(draft.Spans, ""), redact.Decision{Span: mark, Accept: true})}))
		hash := w.get(id).ContentHash
		w.must(w.room.Check(w.ctx, w.second, id, hash))
		w.must(w.room.Publish(w.ctx, w.maker, id, hash))
		c := disclosure.Correction{Title: "对云杉养老服务中心的行政处罚决定", PartyName: "云杉养老服务中心", Body: "决定罚款二万元。", Reason: "欧阳清泉来电更正。"}
		_, err = w.room.Correct(w.ctx, w.maker, id, c)
		w.field(err, "reason")
		w.falls(id, repealed)
		in := withdrawal()
		in.Reason = "欧阳清泉的证言有误。"
		w.field(w.room.Withdraw(w.ctx, w.maker, id, in), "reason")
	})
}

func TestAnImportedRowIsHeldWhoseNumberIsATelephoneNumber(t *testing.T) {
	src := content.Source("对某公司的处罚", "某公司", "罚款", "", "决定罚款。")
	bulk := disclosure.Bulk{Run: "r1", Maker: "publisher-1", Checker: access.Actor{Account: "checker-1"}, Doubt: disclosure.HideDoubtful}
	p := disclosure.Publication{Source: disclosure.SourceImport, Number: "示民罚〔2020〕7号", AgencyName: "示例市民政局"}
	if got := disclosure.WorkOut(p, disclosure.Source{Text: src}, bulk); got.Held != "" {
		t.Errorf("an ordinary row is held: %s", got.Held)
	}
	p.Number = "联系电话13800138000"
	if got := disclosure.WorkOut(p, disclosure.Source{Text: src}, bulk); got.Held == "" {
		t.Error("a telephone number goes out as the number of the decision")
	}
}
