package past

import "mingjing/internal/db"

// gates are the refusals of the database that rows of the past can meet, as a person may read them.
var gates = map[string]string{
	"publication-begins-due": "新登记的决定只能从“待公示”开始",
	"publication-immutable":  "同一编号的公示信息已经存在，不能替换",
	"publication-identity":   "公示信息的来源、决定和期限登记后不得改动",
	"publication-state":      "公示状态与公示日期不一致",
	"maker-is-checker":       "公示信息的制作人与复核人不得为同一人（政府信息公开条例第十七条）",
	"publish-before-service": "决定尚未送达，不得公示（行政处罚法第四十八条）",
	"publish-unchecked":      "没有经过另一人复核的文本不得公示（政府信息公开条例第十七条）",
	"publish-protected":      "涉及未成年人、未经法制审核的重大决定，或者已被撤销、变更的决定，不得公示",
	"published-without-act":  "公示页面与公示记录不一致",
	"published-body-fixed":   "公示的正文与登记的版本不一致",
	"published-day-fixed":    "公示日期和文号公布后不得改动",
	"published-hash":         "公示的文本与它的校验值不一致",
	"version-hash":           "文本与它的校验值不一致",
	"version-immutable":      "公示的各个版本登记后不得改动",
	"withdrawn-final":        "已经撤下的公示信息不得恢复",
}

// Gated says in Chinese why the database refused rows of the past; ok is false where it refused nothing.
func Gated(err error) (why string, ok bool) {
	code, ok := db.Gate(err)
	if !ok {
		return "", false
	}
	why = gates[code]
	if why == "" {
		why = "与数据库中的规则不符"
	}
	return "数据库关口没有接受这一行：" + why + "（" + code + "）。请核对这一行；仍不能导入的，请联系管理员", true
}

// Apart does something for n rows at once, all or nothing. Where the database refuses, it does it for each half, so that in
// the end the refused row stands alone: held notes why, and the rest goes on (from it once more, which must leave it out).
func Apart(n int, do func(from, to int) error, held func(row int, why string)) error {
	return apart(0, n, do, held)
}

func apart(from, to int, do func(from, to int) error, held func(row int, why string)) error {
	err := do(from, to)
	why, refused := Gated(err)
	switch {
	case !refused:
		return err
	case to-from == 1:
		held(from, why)
		return do(from, to)
	}
	middle := (from + to) / 2
	if err := apart(from, middle, do, held); err != nil {
		return err
	}
	return apart(middle, to, do, held)
}
