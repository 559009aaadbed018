package demo

import (
	"context"
	"fmt"

	"mingjing/internal/access"
	"mingjing/internal/access/password"
	"mingjing/internal/db"
	"mingjing/internal/house"
	"mingjing/internal/roster"
	"mingjing/internal/workday"
)

// Password opens every account of the demonstration; a real agency has no default password.
const Password = "mingjing-demo-2026"

// Person is one of the cast.
type Person struct {
	Login, Name, Unit, Position string
	Roles                       []string
	// Certificate is the number of the enforcement certificate; empty for who holds none.
	Certificate string
	// Qualification is the number of the 法律职业资格证书 of a reviewer.
	Qualification string
}

// Cast lists the people of the bureau; the first of each role is the one that the demonstration prints.
func Cast() []Person {
	return []Person{
		{Login: "zhou", Name: "周启明", Unit: "mgj", Position: "一级主任科员", Roles: []string{access.RoleHandler}, Certificate: "DEMO-220300-001"},
		{Login: "zheng", Name: "郑书言", Unit: "mgj", Position: "二级主任科员", Roles: []string{access.RoleHandler}, Certificate: "DEMO-220300-002"},
		{Login: "he", Name: "何静远", Unit: "mgj", Position: "局长", Roles: []string{access.RoleUnitHead}, Certificate: "DEMO-220300-003"},
		{Login: "jiang", Name: "蒋知秋", Unit: "csshgz", Position: "三级主任科员", Roles: []string{access.RoleHandler}, Certificate: "DEMO-220300-004"},
		{Login: "qin", Name: "秦望舒", Unit: "csshgz", Position: "科长", Roles: []string{access.RoleUnitHead}, Certificate: "DEMO-220300-005"},
		{Login: "shen", Name: "沈明法", Unit: "fgk", Position: "科长", Roles: []string{access.RoleReviewer}, Qualification: "A-DEMO-0001"},
		{Login: "han", Name: "韩立方", Unit: "fgk", Position: "公职律师", Roles: []string{access.RoleReviewer}, Qualification: "A-DEMO-0002"},
		{Login: "lu", Name: "陆正则", Unit: "bgs", Position: "局长", Roles: []string{access.RoleApprover}},
		{Login: "yu", Name: "余见山", Unit: "bgs", Position: "副局长", Roles: []string{access.RoleApprover}},
		{Login: "su", Name: "苏晓岚", Unit: "bgs", Position: "科员", Roles: []string{access.RolePublisher}},
		{Login: "tang", Name: "唐核之", Unit: "bgs", Position: "主任", Roles: []string{access.RoleChecker}},
		{Login: "fang", Name: "方存之", Unit: "bgs", Position: "档案员", Roles: []string{access.RoleArchivist}},
		{Login: "xu", Name: "许督之", Unit: "fgk", Position: "督察员", Roles: []string{access.RoleSupervisor}},
		{Login: "guan", Name: "管钥", Unit: "bgs", Position: "系统管理员", Roles: []string{access.RoleAdministrator}},
		{Login: "ding", Name: "丁审之", Unit: "bgs", Position: "审计员", Roles: []string{access.RoleAuditor}},
	}
}

// Clerks work at the counter of 行政审批办公室; they do not use the desk and hold no certificate (duty 9).
func Clerks() []Person {
	return []Person{{Name: "贺晴川", Unit: "xzsp", Position: "窗口负责人"}, {Name: "宋时雨", Unit: "xzsp", Position: "受理岗"}}
}

// Counsel advises legal review: a law firm's counsel and a public lawyer whom other agencies may call too (duty 22).
func Counsel() []roster.Counsel {
	return []roster.Counsel{{Name: "穆清扬", Kind: "法律顾问", Organisation: "云山明远律师事务所", Licence: "DEMO-LS-0001"},
		{Name: "温惟正", Kind: "公职律师", Organisation: "四平市民政局法规科", Licence: "DEMO-GZ-0002", Pooled: true}}
}

// engage enters the people of the bureau with their accounts, certificates and qualifications.
func engage(ctx context.Context, h *house.House, day workday.Day) (map[string]access.Actor, error) {
	actors := map[string]access.Actor{}
	hash := password.Hash(Password)
	err := h.DB.Write(ctx, h.Agency.Code, func(tx *db.Tx) error {
		founder := h.Founder()
		for _, p := range Cast() {
			a, err := access.Create(tx, founder, access.NewAccount{Agency: h.Agency.Code, Login: p.Login, Name: p.Name, Unit: p.Unit, Roles: p.Roles, PasswordHash: hash})
			if err != nil {
				return fmt.Errorf("demo: account %s: %w", p.Login, err)
			}
			actors[p.Login] = access.Actor{Account: a.ID, Name: a.Name, Agency: a.Agency, Unit: a.Unit, Roles: a.Roles, StepUp: true}
			if err := enter(tx, h, founder, p, a.ID, day); err != nil {
				return fmt.Errorf("demo: %s: %w", p.Login, err)
			}
		}
		return engageOthers(tx, h, founder, day)
	})
	return actors, err
}

func enter(tx *db.Tx, h *house.House, founder access.Actor, p Person, account string, day workday.Day) error {
	o, err := roster.AddOfficer(tx, founder, roster.Officer{Agency: h.Agency.Code, Unit: p.Unit, Name: p.Name, Position: p.Position, Staff: roster.Established,
		Account: account, From: day.AddDays(-1000)})
	if err != nil {
		return err
	}
	if p.Certificate != "" {
		if _, err := roster.AddCertificate(tx, founder, roster.Certificate{Officer: o.ID, Number: p.Certificate, Issuer: "吉林省人民政府", Class: "民政行政执法", Area: "四平市",
			ValidFrom: day.AddDays(-700), ValidTill: day.AddDays(1100)}); err != nil {
			return err
		}
	}
	if p.Roles[0] == access.RoleReviewer {
		return roster.AppointReviewer(tx, founder, roster.Reviewer{Agency: h.Agency.Code, Account: account, Unit: p.Unit, Qualification: p.Qualification, From: day.AddDays(-600)})
	}
	return nil
}

// engageOthers enters who works for the bureau without an account.
func engageOthers(tx *db.Tx, h *house.House, founder access.Actor, day workday.Day) error {
	for _, p := range Clerks() {
		if _, err := roster.AddOfficer(tx, founder, roster.Officer{Agency: h.Agency.Code, Unit: p.Unit, Name: p.Name, Position: p.Position, Staff: roster.Established, From: day.AddDays(-800)}); err != nil {
			return fmt.Errorf("demo: %s: %w", p.Name, err)
		}
	}
	for _, c := range Counsel() {
		c.Agency, c.From = h.Agency.Code, day.AddDays(-400)
		if _, err := roster.EngageCounsel(tx, founder, c); err != nil {
			return fmt.Errorf("demo: %s: %w", c.Name, err)
		}
	}
	return nil
}
