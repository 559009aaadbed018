package setting

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Contact is a text by which people reach the agency or learn where to turn.
type Contact struct {
	Code, Title, Hint string
	Needed            bool // documents and the portal cannot do without it (行政处罚法第四十四条、第五十九条; 政府信息公开条例第二十条)
}

// Contacts are what an agency says of itself.
func Contacts() []Contact {
	return []Contact{
		{"agency.address", "办公地址", "写到门牌号，印在告知书、决定书上，当事人按它寄送陈述、申辩", true},
		{"agency.phone", "办公电话", "带区号", true},
		{"agency.contact", "陈述申辩、听证联系人", "姓名或者科室，印在事先告知书和听证告知书上", true},
		{"agency.review_organ", "行政复议机关", "决定书告知当事人向哪里申请复议，一般是本级人民政府", true},
		{"agency.court", "行政诉讼管辖法院", "决定书告知当事人向哪个法院起诉", true},
		{"agency.review_url", "行政复议网上申请地址", "没有的留空", false},
		{"agency.head", "机关负责人", "姓名", false}, {"agency.head_post", "机关负责人职务", "", false},
		{"agency.bank", "罚款代收银行", "", false}, {"agency.account_name", "代收账户名称", "", false}, {"agency.account", "代收账号", "", false},
		{"portal.phone", "门户公布的咨询电话", "没有另设的，门户公布办公电话", false}, {"portal.report", "投诉举报方式", "电话、信箱或者地址", false},
	}
}

// textLimit bounds one text, in runes.
const textLimit = 200

// Tell enters new texts of the agency by their codes; those that did not change make no entry. They count at once.
func Tell(tx *db.Tx, actor access.Actor, texts map[string]string) (changed int, err error) {
	if err := access.Require(actor, access.RosterAdmin, access.Thing{Kind: "roster", Agency: actor.Agency}); err != nil {
		return 0, err
	}
	now, err := Texts(tx, actor.Agency)
	if err != nil {
		return 0, err
	}
	faults := map[string]string{}
	for _, c := range Contacts() {
		text, given := texts[c.Code]
		texts[c.Code] = strings.TrimSpace(text)
		if n := utf8.RuneCountInString(texts[c.Code]); given && (n > textLimit || strings.ContainsAny(texts[c.Code], "\r\n\x00")) {
			faults[c.Code] = c.Title + "写成一行，最多" + strconv.Itoa(textLimit) + "个字。"
		}
	}
	if len(faults) > 0 {
		return 0, refusal.Invalid{Message: "填写的内容需要修改。", Fields: faults}
	}
	for _, c := range Contacts() {
		if texts[c.Code] == now[c.Code] {
			continue
		}
		changed++
		if _, err := write(tx, actor, Setting{Agency: actor.Agency, Kind: KindText, Code: c.Code, Value: texts[c.Code], From: workday.DayOf(tx.Now()), State: Confirmed}, "agency.told"); err != nil {
			return 0, err
		}
	}
	return changed, nil
}

// Texts are the agency's texts as they stand now, by code; what was never given is not there.
func Texts(tx *db.Tx, agency string) (map[string]string, error) {
	list, err := List(tx, agency, KindText)
	now := map[string]string{}
	for _, s := range list { // the newest first
		if _, ok := now[s.Code]; !ok {
			now[s.Code] = s.Value
		}
	}
	return now, err
}
