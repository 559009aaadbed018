package casefile

import (
	"fmt"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/refusal"
	"mingjing/internal/zh"
)

// entitled tells which persons that the papers of the act name are not who they are said to be: a certificate belongs to
// its holder, and a case is led by one of its officers who can still sign in as a handler (行政处罚法第四十二条).
func (w *work) entitled() error {
	fields := map[string]string{}
	for _, s := range w.sheets {
		for kind, v := range s.Act {
			for i, row := range v.Rows("officers") {
				name, _ := row["name"].(string)
				certificate, _ := row["certificate"].(string)
				standing := w.people.Standing[certificate]
				if standing.Name != "" && zh.Key(standing.Name) != zh.Key(name) {
					fields[fmt.Sprintf("%s/officers.%d.name", kind, i)] = "执法证件" + certificate + "的持有人不是“" + name + "”。"
				}
			}
		}
		if w.Step.Code == "assign_officers" || w.Step.Code == "change_officers" {
			message, err := w.leads(s)
			if err != nil {
				return err
			}
			if message != "" {
				fields[assignmentKind+"/lead_officer"] = message
			}
		}
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "文书所列的执法人员与执法人员名册不一致。", Fields: fields}
	}
	return nil
}

// assignmentKind is the paper that puts officers on a case.
const assignmentKind = "指派办案人员审批表"

// leads tells why the officer who is named to lead the case cannot; empty when nothing stands against it.
func (w *work) leads(s *picture.Sheet) (string, error) {
	lead := s.Act[assignmentKind].Text("lead_officer")
	for _, o := range s.ActingOfficers(w.Moment) {
		if zh.Key(o.Name) != zh.Key(lead) {
			continue
		}
		account := w.people.Standing[o.Certificate].Account
		if account == "" {
			return "", nil
		}
		a, err := access.Get(w.tx, account)
		switch {
		case err != nil:
			return "", err
		case !a.Active():
			return "“" + lead + "”的账号已停用，不能主办本案。", nil
		case !slices.Contains(a.Roles, access.RoleHandler):
			return "“" + lead + "”的账号没有承办人角色，不能主办本案。", nil
		}
		return "", nil
	}
	return "主办人员应当是所列办案人员之一。", nil
}
