package oversight

import (
	"database/sql"
	"fmt"
	"slices"

	"mingjing/internal/form"
	"mingjing/internal/roster"
	"mingjing/internal/workday"
)

// survey is what the documents of a year say, read once for all duties that ask what is written in them.
type survey struct {
	two, certShown   Part            // duty 7
	spotTold, remedy Part            // duty 8
	notice           Part            // duty 8
	kinds            Part            // duty 14
	elements, format Part            // duty 15
	stated, witness  Part            // duty 16
	kept             Part            // duty 18
	nine, firm       Part            // duty 24
	open             map[string]bool // kinds of document that follow no provincial format yet
}

// paper is a finished document as the survey reads it.
type paper struct {
	id, caseID, kind, version, title, madeOn string
	values                                   form.Values
	form                                     *form.Kind
}

func (p paper) missed(why string) Case {
	return Case{Kind: "case", ID: p.caseID, Title: p.title + "（" + p.madeOn + "）", Why: why}
}

// papers reads the documents of the year that ends today.
func (b *bench) papers() (*survey, error) {
	if b.survey != nil {
		return b.survey, nil
	}
	s := &survey{two: Part{What: "两名以上当日持有效证件的人员执法"}, certShown: Part{What: "主动出示执法证件"}, spotTold: Part{What: "当场处罚已告知事由、依据和权利"},
		remedy: Part{What: "决定书载明复议、诉讼途径"}, notice: Part{What: "告知书载明内容、事实、理由、依据和权利"}, kinds: Part{What: "在用文书种类依照省级或者部委指引"},
		elements: Part{What: "文书法定要素齐备"}, format: Part{What: "文书使用省级或者部委格式"}, stated: Part{What: "笔录记明音像记录情况"},
		witness: Part{What: "应当记录的环节有音像或者见证记录"}, kept: Part{What: "案卷有专人立卷、检查"}, nine: Part{What: "审核意见九项逐项作出结论"}, firm: Part{What: "有否定结论的未出具“同意”"}, open: map[string]bool{}}
	cards, err := b.cards()
	if err != nil {
		return nil, err
	}
	recorded, err := b.recordedCases()
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	err = b.pages(`SELECT id, case_id, kind, version, title, made_on, body FROM document WHERE id > $1 AND agency = $2 AND made_on >= $3 ORDER BY id`,
		[]any{b.Agency, b.yearAgo().String()}, func(rows *sql.Rows) (string, error) {
			p, err := b.paper(rows)
			if err != nil || p.form == nil {
				return p.id, err
			}
			s.form(p, seen)
			s.act(p, cards)
			s.told(p)
			s.recording(p, recorded)
			s.opinion(p)
			return p.id, nil
		})
	b.survey = s
	return s, err
}

func (b *bench) paper(rows *sql.Rows) (paper, error) {
	var p paper
	var body string
	if err := rows.Scan(&p.id, &p.caseID, &p.kind, &p.version, &p.title, &p.madeOn, &body); err != nil {
		return p, err
	}
	k, ok := b.Forms.KindAt(p.kind, p.version)
	if !ok {
		return p, nil
	}
	values, err := form.ParseValues([]byte(body))
	if err != nil {
		return p, fmt.Errorf("document %s: %w", p.id, err)
	}
	p.form, p.values = k, values
	return p, nil
}

// cards are the certificates of the agency by their number.
func (b *bench) cards() (map[string]roster.Certificate, error) {
	cards := map[string]roster.Certificate{}
	err := b.pages(`SELECT number, valid_from, valid_until, revoked_on FROM certificate WHERE number > $1 AND agency = $2 ORDER BY number`, []any{b.Agency}, func(rows *sql.Rows) (string, error) {
		var c roster.Certificate
		err := rows.Scan(&c.Number, &c.ValidFrom, &c.ValidTill, &c.Revoked)
		cards[c.Number] = c
		return c.Number, err
	})
	return cards, err
}

// recordedCases are the cases that hold sound or picture.
func (b *bench) recordedCases() (map[string]bool, error) {
	cases := map[string]bool{}
	err := b.pages(`SELECT case_id FROM attachment WHERE case_id > $1 AND agency = $2 AND owner_kind IN ('case', 'document') AND kind IN ('录音录像', '照片') GROUP BY case_id ORDER BY case_id`, []any{b.Agency}, func(rows *sql.Rows) (string, error) {
		var id string
		err := rows.Scan(&id)
		cases[id] = true
		return id, err
	})
	return cases, err
}

// form judges the paper itself: its elements and its format. The program's own registers follow no provincial format.
func (s *survey) form(p paper, seen map[string]bool) {
	missing := form.Missing(p.form, p.values)
	why := ""
	if len(missing) > 0 {
		why = "缺：" + missing[0].Title
	}
	s.elements.add(len(missing) == 0, p.missed(why))
	if p.kind == "卷内备考表" {
		s.kept.add(p.values.Text("compiled_by") != "" && p.values.Text("checked_by") != "", p.missed("没有载明立卷人或者检查人"))
	}
	if p.form.SourceStatus == form.SourceStatute {
		return
	}
	known := p.form.SourceStatus != form.SourceReplace
	s.format.add(known, p.missed(p.form.SourceStatus))
	if !seen[p.kind] {
		seen[p.kind] = true
		s.kinds.add(known, Case{Kind: "form", Title: p.kind, Why: p.form.SourceStatus})
	}
	if !known {
		s.open[p.kind] = true
	}
}

// begun is the field that says when an act before the party began, for the papers written of one.
func begun(kind string) string {
	switch kind {
	case "现场检查笔录", "询问笔录":
		return "begun_at"
	case "抽样取证凭证":
		return "at"
	case "证据先行登记保存通知书":
		return "held_at"
	case "当场行政处罚决定书":
		return "decided_at"
	}
	return ""
}

// act judges who acted: two or more with certificates valid that day, shown to the party (行政处罚法第四十二条、第五十五条).
func (s *survey) act(p paper, cards map[string]roster.Certificate) {
	field := begun(p.kind)
	if field == "" {
		return
	}
	on, err := workday.ParseDay(firstRunes(p.values.Text(field), len("2026-01-02")))
	if err != nil {
		on, _ = workday.ParseDay(p.madeOn)
	}
	var valid []string
	for _, o := range p.values.Rows("officers") {
		number, _ := o["certificate"].(string)
		if cards[number].ValidOn(on) && !slices.Contains(valid, number) {
			valid = append(valid, number)
		}
	}
	s.two.add(len(valid) >= 2, p.missed(fmt.Sprintf("当日持有效证件的%d人", len(valid))))
	held, _ := p.values["cert_shown"].(bool)
	s.certShown.add(held, p.missed("没有记明出示执法证件"))
}

func firstRunes(text string, n int) string { return text[:min(n, len(text))] }

// told judges what the party was told (行政处罚法第四十四条、第五十二条、第五十九条).
func (s *survey) told(p paper) {
	switch p.kind {
	case "当场行政处罚决定书":
		told, _ := p.values["told"].(bool)
		s.spotTold.add(told, p.missed("没有记明已告知"))
		fallthrough
	case "行政处罚决定书", "不予行政处罚决定书":
		s.remedy.add(p.values.Text("review_organ") != "" && p.values.Text("court") != "", p.missed("没有载明复议机关或者法院"))
	case "行政处罚事先告知书":
		missing := form.Missing(p.form, p.values)
		why := ""
		if len(missing) > 0 {
			why = "缺：" + missing[0].Title
		}
		s.notice.add(len(missing) == 0, p.missed(why))
	}
}

// recording judges sound and picture: what a record must say of it, and where there must be some or a witness instead
// (国办发〔2018〕118号（八）; 民事诉讼法第八十九条).
func (s *survey) recording(p paper, recorded map[string]bool) {
	switch p.kind {
	case "现场检查笔录":
		said := p.values.Text("recording")
		s.stated.add(said == "全程录音录像" || said != "" && p.values.Text("recording_note") != "", p.missed("没有记明音像记录情况或者未记录的原因"))
	case "询问笔录":
		s.stated.add(p.values.Text("recording") != "", p.missed("没有记明音像记录情况"))
	case "证据先行登记保存通知书", "听证笔录":
		s.witness.add(recorded[p.caseID], p.missed("案卷中没有录音录像"))
	case "送达回证":
		if p.values.Text("mode") == "留置送达" {
			witness, _ := p.values.At("witness.name").(string)
			s.witness.add(witness != "" || p.values.Text("recording") != "" || recorded[p.caseID], p.missed("没有见证人，也没有照片、录像"))
		}
	}
}

// nine are the fields of the nine points of a review, with the answer that lets a decision pass (rulebook §5.3).
func nine() [][2]string {
	return [][2]string{{"subject", "是"}, {"personnel", "是"}, {"procedure", "是"}, {"facts_clear", "是"}, {"law_right", "是"}, {"discretion_fit", "是"},
		{"within_power", "未超越"}, {"documents", "是"}, {"crime", "不涉嫌犯罪"}}
}

// opinion judges an opinion of legal review: every point answered, and no 同意 over a point that was denied.
func (s *survey) opinion(p paper) {
	if p.kind != "法制审核意见书" {
		return
	}
	whole, denied := true, false
	for _, point := range nine() {
		answer := p.values.Text(point[0])
		whole = whole && answer != ""
		denied = denied || answer != "" && answer != point[1] && answer != "不适用"
	}
	s.nine.add(whole, p.missed("审核内容没有逐项作出结论"))
	if denied {
		s.firm.add(p.values.Text("verdict") != "同意", p.missed("有否定结论仍出具“同意”"))
	}
}
