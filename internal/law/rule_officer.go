package law

import "strconv"

// officerRules: who acts, with what certificate, and who must withdraw (第四十二、四十三、五十五条).
func officerRules() []Rule {
	return since(penaltyFrom,
		Rule{Code: "CF-20", Title: "行政处罚应当由两名以上具有行政执法资格的执法人员实施", Cite: penaltyLaw("第四十二条第一款"), Severity: Block, Tasks: []int{5, 7},
			Broken: func(f *Facts, v Values) string {
				n := qualifiedOfficers(f)
				return when(n < v.Int(OfficersMin), "当日持有效执法证件且无须回避的执法人员只有"+strconv.Itoa(n)+"名。")
			},
			Advice: "请指派不少于两名当日证件有效、执法类别和区域相符的执法人员。"},
		Rule{Code: "CF-20b", Title: "调查或者检查时应当主动出示执法证件", Cite: penaltyLaw("第五十五条第一款"), Severity: Block, Tasks: []int{7},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.CertificateShown, "没有出示执法证件的记录。")
			},
			Advice: "请由执法人员亮证（扫码或者在笔录中载明）后再进行；未出示证件的，当事人有权拒绝。"},
		Rule{Code: "CF-20c", Title: "应当回避的执法人员不得参与办案", Cite: penaltyLaw("第四十三条第一款"), Severity: Block, Tasks: []int{5},
			Broken: func(f *Facts, _ Values) string {
				for _, o := range f.Officers {
					if o.Recused {
						return "参与本次行为的执法人员中有人已被决定回避。"
					}
				}
				return ""
			},
			Advice: "请改派其他执法人员。"},
		Rule{Code: "CF-20d", Title: "询问或者检查应当制作笔录", Cite: penaltyLaw("第五十五条第二款"), Severity: Block, Tasks: []int{8, 13},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.TranscriptMade, "没有询问笔录或者检查笔录。")
			},
			Advice: "请完成询问笔录或者现场检查笔录后再提交调查终结报告。"},
		Rule{Code: "CF-27", Title: "回避申请未决定前不得作出处罚决定", Cite: penaltyLaw("第四十三条第三款"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string { return when(f.RecusalOpen, "有回避申请尚未决定。") },
			Advice: "请负责人先对回避申请作出决定；决定作出之前不停止调查。"},
		Rule{Code: "CF-27b", Title: "回避由行政机关负责人决定", Cite: penaltyLaw("第四十三条第三款"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.RecusalDecidedBy == "" || !f.RecusalByHead, "回避决定不是由行政机关负责人作出。")
			},
			Advice: "请将回避申请提交行政机关负责人决定。"},
		Rule{Code: "SX-07", Title: "执法人员应当登记在执法人员数据库", Cite: threeSystems("（四）"), From: on(threeSystemsFrom), Severity: Block, Tasks: []int{5},
			Broken: func(f *Facts, _ Values) string {
				for _, o := range f.Officers {
					if !o.Registered {
						return "有执法人员没有单位、姓名、证件编号、执法类别、执法区域的完整登记。"
					}
				}
				return ""
			},
			Advice: "请在执法人员名录中补全五项信息。"},
		Rule{Code: "SX-10", Title: "国务院部门核发的执法证件应当向同级司法行政部门备案", Cite: threeSystems("（五）"), From: on(threeSystemsFrom), Severity: Block, Tasks: []int{7},
			Broken: func(f *Facts, _ Values) string {
				for _, o := range f.Officers {
					if o.StateIssued && !o.Filed {
						return "有执法人员所持国务院部门核发的证件没有备案。"
					}
				}
				return ""
			},
			Advice: "请先向同级司法行政部门办理证件备案。"},
	)
}

// qualifiedOfficers counts distinct officers who may act.
func qualifiedOfficers(f *Facts) int {
	seen := map[string]bool{}
	for _, o := range f.Officers {
		if o.ID != "" && o.Qualified && !o.Recused {
			seen[o.ID] = true
		}
	}
	return len(seen)
}

// isOfficer reports whether the account takes part in the case as handler or officer.
func isOfficer(f *Facts, id string) bool {
	if id == "" {
		return false
	}
	for _, o := range f.Officers {
		if o.ID == id {
			return true
		}
	}
	return id == f.Handler
}
