package world

import (
	"fmt"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/roster"
	"mingjing/internal/workday"
)

// person is one account of the bureau.
type person struct {
	actor       *access.Actor
	login, name string
	unit        string
	roles       []string
	certificate string // "" for who holds none
	position    string
}

// Certificates of the three officers.
const (
	HandlerCertificate = "220300010001"
	SecondCertificate  = "220300010002"
	ThirdCertificate   = "220300010003"
)

func (w *World) people() []person {
	return []person{
		{&w.Handler, "chengban", "顾文舟", "mgj", []string{access.RoleHandler}, HandlerCertificate, "一级科员"},
		{&w.Second, "xieban", "叶知秋", "mgj", []string{access.RoleHandler}, SecondCertificate, "二级科员"},
		{&w.Third, "tixie", "薛怀瑾", "mgj", []string{access.RoleHandler}, ThirdCertificate, "四级主任科员"},
		{&w.UnitHead, "kezhang", "秦砚秋", "mgj", []string{access.RoleUnitHead}, "220300010004", "科长"},
		{&w.Reviewer, "shenhe", "沈若谷", "fgk", []string{access.RoleReviewer}, "", "科长"},
		{&w.OtherReviewer, "fuhe", "白行简", "fgk", []string{access.RoleReviewer}, "", "科员"},
		{&w.Unlearned, "xinren", "涂小满", "fgk", []string{access.RoleReviewer}, "", "科员"},
		{&w.Approver, "juzhang", "陆景行", "bgs", []string{access.RoleApprover}, "", "局长"},
		{&w.OtherApprover, "fujuzhang", "温如言", "bgs", []string{access.RoleApprover}, "", "副局长"},
		{&w.Publisher, "gongshi", "齐云岫", "bgs", []string{access.RolePublisher}, "", "科员"},
		{&w.Checker, "fuheyuan", "江望舒", "bgs", []string{access.RoleChecker}, "", "科员"},
		{&w.Archivist, "dangan", "方静姝", "bgs", []string{access.RoleArchivist}, "", "科员"},
		{&w.Supervisor, "jiandu", "贺观澜", "bgs", []string{access.RoleSupervisor}, "", "主任"},
		{&w.Administrator, "guanli", "卢正则", "bgs", []string{access.RoleAdministrator}, "", "科员"},
	}
}

// found enters the agency, its units and its people.
func (w *World) found(tx *db.Tx) error {
	founder := access.Founding(w.Agency.Code)
	a := w.Agency
	if _, err := roster.CreateAgency(tx, founder, roster.Agency{ID: a.Code, Name: a.Name, ShortName: a.ShortName, CreditCode: a.CreditCode,
		NumberWord: a.NumberWord, Level: a.Level, Division: a.Division}); err != nil {
		return err
	}
	for _, u := range w.Books.Pack.Units() {
		if err := roster.PutUnit(tx, founder, roster.Unit{Agency: a.Code, Code: u.Code, Name: u.Name, Kind: u.Kind, Review: u.Review}); err != nil {
			return fmt.Errorf("unit %s: %w", u.Code, err)
		}
	}
	for _, p := range w.people() {
		if err := w.employ(tx, founder, p); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}

func (w *World) employ(tx *db.Tx, founder access.Actor, p person) error {
	account, err := access.Create(tx, founder, access.NewAccount{Agency: w.Agency.Code, Login: p.login, Name: p.name, Unit: p.unit, Roles: p.roles})
	if err != nil {
		return err
	}
	w.seat(p, account.ID)
	from, until := day("2020-01-01"), day("2027-12-31")
	officer, err := roster.AddOfficer(tx, founder, roster.Officer{Agency: w.Agency.Code, Unit: p.unit, Name: p.name, Position: p.position,
		Staff: roster.Established, Account: account.ID, From: from})
	if err != nil {
		return err
	}
	if p.certificate != "" {
		if _, err := roster.AddCertificate(tx, founder, roster.Certificate{Officer: officer.ID, Number: p.certificate, Issuer: "吉林省司法厅", Class: "民政",
			Area: "四平市", ValidFrom: from, ValidTill: until}); err != nil {
			return err
		}
	}
	if p.roles[0] != access.RoleReviewer {
		return nil
	}
	qualification := "A2015220300" + p.login[:2]
	if p.actor == &w.Unlearned {
		qualification = ""
	}
	return roster.AppointReviewer(tx, founder, roster.Reviewer{Agency: w.Agency.Code, Account: account.ID, Unit: p.unit, Qualification: qualification, From: from})
}

// seat makes a person of an account.
func (w *World) seat(p person, account string) {
	*p.actor = access.Actor{Account: account, Name: p.name, Agency: w.Agency.Code, Unit: p.unit, Roles: p.roles, StepUp: true}
	if p.unit == "mgj" && p.roles[0] == access.RoleHandler {
		w.Officers = append(w.Officers, map[string]any{"name": p.name, "certificate": p.certificate})
	}
}

// recall finds the people of a bureau that was founded before.
func (w *World) recall(tx *db.Tx) error {
	for _, p := range w.people() {
		var id string
		if err := tx.Row(`SELECT id FROM account WHERE login = $1`, p.login).Scan(&id); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		w.seat(p, id)
	}
	return nil
}

// day reads a day that the package wrote itself.
func day(text string) workday.Day {
	d, err := workday.ParseDay(text)
	if err != nil {
		return workday.Day{}
	}
	return d
}
