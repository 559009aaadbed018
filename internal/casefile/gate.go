package casefile

import (
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
)

// Gated turns a refusal of the database into one that a person can read. The command judges first, so this is met only
// where something slipped past it; nothing was written.
func Gated(err error) error {
	code, refused := db.Gate(err)
	if !refused {
		return err
	}
	message, known := map[string]string{
		"decision-unchecked": "尚未核对重大执法决定法制审核目录。", "decision-review": "没有对这一文本的通过的法制审核意见。",
		"decision-separation": "承办、审核、批准不能由同一人办理。", "decision-notice": "事先告知书尚未送达当事人。",
		"decision-window": "陈述、申辩或者听证申请的期限尚未届满。", "decision-hearing": "当事人要求的听证尚未举行。",
		"decision-harsher": "拟作出的处罚重于已告知的处罚。", "decision-approval": "负责人没有批准这一文本。",
		"decision-panel": "本案应当集体讨论，没有有内容的讨论记录。", "decision-crime": "本案涉嫌犯罪，尚未处理完毕。",
		"decision-dispute": "对审核意见的异议尚未处理。", "decision-again": "对该当事人已经作出过决定。",
		"approval-separation": "批准人办理或者审核过本案，不能批准本案。", "review-separation": "审核人员办理或者批准过本案，不能审核本案。",
		"officer-separation": "该人员审核或者批准过本案，不能承办本案。", "review-qualification": "审核人员没有法律职业资格，或者不在法制审核人员名册中。",
	}[code]
	if !known {
		message = "数据库拒绝了这次修改（" + code + "）。"
	}
	return fmt.Errorf("%w (%w)", refusal.Refused{Findings: []law.Finding{{Rule: "DB-" + code, Title: "数据库关口", Severity: law.Block, Message: message,
		Advice: "请刷新页面后按程序办理；仍被拒绝的，请联系管理员。"}}}, err)
}
