package roster_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/testkit"
	"mingjing/internal/workday"
)

const bureau = "linshan-mzj"

// office is an invented bureau with two units.
type office struct {
	*testing.T
	d     *db.DB
	clock *testkit.Clock
	admin access.Actor
}

func offices(t *testing.T, body func(o *office)) {
	clock := testkit.NewClock(t, "2026-03-02T09:00:00+08:00")
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		clock.Set(testkit.NewClock(t, "2026-03-02T09:00:00+08:00").Now())
		o := &office{t, d, clock, access.Founding(bureau)}
		o.must(o.write(func(tx *db.Tx) error {
			if _, err := roster.CreateAgency(tx, o.admin, linshan()); err != nil {
				return err
			}
			if err := roster.PutUnit(tx, o.admin, roster.Unit{Agency: bureau, Code: "fzk", Name: "法制科", Kind: "法制机构", Review: true}); err != nil {
				return err
			}
			return roster.PutUnit(tx, o.admin, roster.Unit{Agency: bureau, Code: "mgj", Name: "民间组织管理局", Kind: "业务"})
		}))
		body(o)
	})
}

func linshan() roster.Agency {
	return roster.Agency{ID: bureau, Name: "临山市民政局", ShortName: "市民政局", CreditCode: "11220300mjdem0006e", NumberWord: "临民", Level: "市级", Division: "220300"}
}

func (o *office) write(run func(tx *db.Tx) error) error {
	return o.d.Write(context.Background(), bureau, run)
}

func (o *office) read(run func(tx *db.Tx) error) {
	o.Helper()
	o.must(o.d.Read(context.Background(), run))
}

func (o *office) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func (o *office) invalid(err error, field string) {
	o.Helper()
	var i refusal.Invalid
	if !errors.As(err, &i) || i.Fields[field] == "" {
		o.Errorf("got %v, want field %s to be invalid", err, field)
	}
}

func day(t testing.TB, text string) workday.Day {
	t.Helper()
	d, err := workday.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (o *office) officer(name string) (f roster.Officer) {
	o.Helper()
	o.clock.Advance(time.Second)
	o.must(o.write(func(tx *db.Tx) (err error) {
		f, err = roster.AddOfficer(tx, o.admin, roster.Officer{Agency: bureau, Unit: "mgj", Name: name, Position: "科员", Staff: roster.Established, From: day(o, "2024-01-01")})
		return err
	}))
	return f
}

func (o *office) certificate(officer, number, from, until string) (c roster.Certificate) {
	o.Helper()
	o.must(o.write(func(tx *db.Tx) (err error) {
		c, err = roster.AddCertificate(tx, o.admin, roster.Certificate{Officer: officer, Number: number, Issuer: "某省人民政府", Class: "民政",
			Area: "临山市", ValidFrom: day(o, from), ValidTill: day(o, until)})
		return err
	}))
	return c
}

func TestAnAgencyIsCheckedBeforeItIsKept(t *testing.T) {
	offices(t, func(o *office) {
		for field, spoil := range map[string]func(a *roster.Agency){
			"id":          func(a *roster.Agency) { a.ID = "临山" },
			"name":        func(a *roster.Agency) { a.Name = " " },
			"credit_code": func(a *roster.Agency) { a.CreditCode = "11220300MJDEM00060" },
			"number_word": func(a *roster.Agency) { a.NumberWord = "临民〔" },
			"level":       func(a *roster.Agency) { a.Level = "村级" },
			"division":    func(a *roster.Agency) { a.Division = "2203" },
			"parent":      func(a *roster.Agency) { a.Parent = "nowhere" },
		} {
			a := linshan()
			a.ID = "other"
			spoil(&a)
			o.invalid(o.write(func(tx *db.Tx) error { _, err := roster.CreateAgency(tx, access.Founding(a.ID), a); return err }), field)
		}
		o.invalid(o.write(func(tx *db.Tx) error { _, err := roster.CreateAgency(tx, o.admin, linshan()); return err }), "id")
		o.read(func(tx *db.Tx) error {
			a, err := roster.FindAgency(tx, bureau)
			if a.CreditCode != "11220300MJDEM0006E" || a.NumberWord != "临民" {
				o.Errorf("kept %+v", a)
			}
			return err
		})
	})
}

func TestTheTreeOfAgenciesHasNoRing(t *testing.T) {
	offices(t, func(o *office) {
		below := linshan()
		below.ID, below.Parent = "linshan-dong", bureau
		o.must(o.write(func(tx *db.Tx) error { _, err := roster.CreateAgency(tx, access.Founding(below.ID), below); return err }))
		top := linshan()
		top.Parent = below.ID
		o.invalid(o.write(func(tx *db.Tx) error { return roster.ChangeAgency(tx, o.admin, top) }), "parent")
	})
}

func TestOnlyAnAdministratorChangesTheRoster(t *testing.T) {
	offices(t, func(o *office) {
		other := access.Actor{Account: "x", Agency: bureau, Roles: []string{access.RoleApprover}, StepUp: true}
		var r refusal.Refused
		err := o.write(func(tx *db.Tx) error {
			_, err := roster.AddOfficer(tx, other, roster.Officer{Agency: bureau})
			return err
		})
		if !errors.As(err, &r) {
			o.Errorf("got %v", err)
		}
	})
}

func TestACertificateCountsOnItsDaysOnly(t *testing.T) {
	offices(t, func(o *office) {
		f := o.officer("某甲")
		c := o.certificate(f.ID, "JL-0001", "2025-01-01", "2026-12-31")
		o.must(o.write(func(tx *db.Tx) error {
			return roster.RevokeCertificate(tx, o.admin, c.ID, day(o, "2026-06-01"), "调离执法岗位")
		}))
		leaver := o.officer("某乙")
		o.certificate(leaver.ID, "JL-0002", "2025-01-01", "2026-12-31")
		leaver.Until = day(o, "2026-03-31")
		o.must(o.write(func(tx *db.Tx) error { return roster.ChangeOfficer(tx, o.admin, leaver) }))
		for on, want := range map[string][2]bool{
			"2024-12-31": {false, false}, "2025-01-01": {true, true}, "2026-03-31": {true, true},
			"2026-04-01": {true, false}, "2026-05-31": {true, false}, "2026-06-01": {false, false},
		} {
			o.read(func(tx *db.Tx) error {
				got, err := roster.ValidOn(tx, []string{f.ID, leaver.ID, "nobody"}, day(o, on))
				if got[f.ID] != want[0] || got[leaver.ID] != want[1] || got["nobody"] {
					o.Errorf("%s: %v, want %v", on, got, want)
				}
				standing, err2 := roster.Certified(tx, bureau, []string{"JL-0001", "JL-0002"}, day(o, on))
				if standing[0].Qualified != want[0] || standing[1].Qualified != want[1] {
					o.Errorf("%s: standing %+v disagrees", on, standing)
				}
				return errors.Join(err, err2)
			})
		}
	})
}

func TestACertificateIsOnlyForEstablishedStaffAndItsNumberIsUnique(t *testing.T) {
	offices(t, func(o *office) {
		f := o.officer("某甲")
		o.certificate(f.ID, "JL-0001", "2025-01-01", "2026-12-31")
		add := func(c roster.Certificate) error {
			return o.write(func(tx *db.Tx) error { _, err := roster.AddCertificate(tx, o.admin, c); return err })
		}
		good := roster.Certificate{Officer: f.ID, Number: "JL-0001", Issuer: "某省人民政府", Class: "民政", Area: "临山市", ValidFrom: day(o, "2025-01-01"), ValidTill: day(o, "2026-01-01")}
		o.invalid(add(good), "number")
		bad := good
		bad.Number, bad.ValidTill = "JL-0003", day(o, "2024-01-01")
		o.invalid(add(bad), "valid_until")
		helper := f
		helper.Staff = "聘用"
		o.must(o.write(func(tx *db.Tx) error { return roster.ChangeOfficer(tx, o.admin, helper) }))
		bad = good
		bad.Number = "JL-0004"
		o.invalid(add(bad), "officer")
	})
}

func TestOfficersAreListedByPageWithTheirFiveFields(t *testing.T) {
	offices(t, func(o *office) {
		for i := range 5 {
			f := o.officer(fmt.Sprintf("某%d", i))
			if i%2 == 0 {
				o.certificate(f.ID, fmt.Sprintf("JL-%04d", i), "2025-01-01", "2026-03-31")
			}
		}
		on := day(o, "2026-03-02")
		o.read(func(tx *db.Tx) error {
			var names string
			for after := ""; ; {
				page, err := roster.Officers(tx, bureau, on, roster.Filter{}, after, 2)
				if err != nil {
					return err
				}
				if len(page) == 0 {
					break
				}
				for _, e := range page {
					names += e.Name
					if complete := len(e.Missing) == 0; complete != e.Valid || e.UnitName != "民间组织管理局" {
						o.Errorf("%+v", e)
					}
				}
				after = page[len(page)-1].ID
			}
			if names != "某0某1某2某3某4" {
				o.Errorf("listed %s", names)
			}
			valid, err := roster.Officers(tx, bureau, on, roster.Filter{Valid: true}, "", 10)
			found, err2 := roster.Officers(tx, bureau, on, roster.Filter{Text: "0004"}, "", 10)
			if len(valid) != 3 || len(found) != 1 || found[0].Name != "某4" {
				o.Errorf("%d valid, found %+v", len(valid), found)
			}
			c, err3 := roster.Complete(tx, bureau, on)
			if c.InPost != 5 || c.Complete != 3 || c.Valid != 3 || c.Expiring != 3 || c.Unfiled != 0 {
				o.Errorf("completeness %+v", c)
			}
			ending, err4 := roster.Expiring(tx, bureau, on, 60, workday.Day{}, "", 2)
			if len(ending) != 2 {
				o.Fatalf("expiring %+v", ending)
			}
			last := ending[1].Certificate
			rest, err5 := roster.Expiring(tx, bureau, on, 60, last.ValidTill, last.ID, 2)
			if len(rest) != 1 {
				o.Errorf("the rest %+v", rest)
			}
			return errors.Join(err, err2, err3, err4, err5)
		})
	})
}

func TestReviewersAreFivePerCentAtLeastAndNeverNone(t *testing.T) {
	offices(t, func(o *office) {
		var account access.Account
		o.must(o.write(func(tx *db.Tx) (err error) {
			account, err = access.Create(tx, o.admin, access.NewAccount{Agency: bureau, Login: "fazhi", Name: "某丙", Unit: "fzk", Roles: []string{access.RoleReviewer}})
			return err
		}))
		for i := range 21 {
			f := o.officer(fmt.Sprintf("某%d", i))
			o.certificate(f.ID, fmt.Sprintf("JL-%04d", i), "2025-01-01", "2026-12-31")
		}
		on := day(o, "2026-03-02")
		strength := func() (s roster.Strength) {
			o.read(func(tx *db.Tx) (err error) { s, err = roster.ReviewStrength(tx, bureau, on, 5); return err })
			return s
		}
		if s := strength(); s != (roster.Strength{Officers: 21, Needed: 2}) || s.Enough() {
			o.Errorf("strength %+v", s)
		}
		r := roster.Reviewer{Agency: bureau, Account: account.ID, Unit: "fzk", Qualification: "A2026", From: day(o, "2026-01-01")}
		o.must(o.write(func(tx *db.Tx) error { return roster.AppointReviewer(tx, o.admin, r) }))
		for name, role := range map[string]string{"没有审核员角色的人": access.RoleHandler, "停用的人": access.RoleReviewer} {
			unfit := roster.Reviewer{Agency: bureau, Unit: "fzk", From: day(o, "2026-01-01")}
			o.must(o.write(func(tx *db.Tx) error {
				a, err := access.Create(tx, o.admin, access.NewAccount{Agency: bureau, Login: "unfit-" + role, Name: name, Roles: []string{role}})
				unfit.Account = a.ID
				if err == nil && role == access.RoleReviewer {
					err = access.Disable(tx, o.admin, a.ID, "离职")
				}
				return err
			}))
			var invalid refusal.Invalid
			if err := o.write(func(tx *db.Tx) error { return roster.AppointReviewer(tx, o.admin, unfit) }); !errors.As(err, &invalid) || invalid.Fields["account"] == "" {
				o.Errorf("%s was appointed: %v", name, err)
			}
			if err := o.write(func(tx *db.Tx) error {
				_, err := roster.EngageCounsel(tx, o.admin, roster.Counsel{Agency: bureau, Name: name, Kind: "法律顾问", Organisation: "某所", Account: "nobody", From: unfit.From})
				return err
			}); !errors.As(err, &invalid) || invalid.Fields["account"] == "" {
				o.Errorf("a counsel got the account of nobody: %v", err)
			}
		}
		if s := strength(); s.Reviewers != 1 || s.Enough() {
			o.Errorf("strength %+v", s)
		}
		o.read(func(tx *db.Tx) error {
			list, err := roster.Reviewers(tx, bureau, on, "", 10)
			if len(list) != 1 || list[0].Name != "某丙" || !list[0].InReviewUnit {
				o.Errorf("reviewers %+v", list)
			}
			s, ok, err2 := roster.ReviewerFor(tx, bureau, account.ID, on)
			if !ok || !s.Qualified || !s.InReviewUnit {
				o.Errorf("standing %+v %t", s, ok)
			}
			return errors.Join(err, err2)
		})
		o.must(o.write(func(tx *db.Tx) error {
			return roster.EndReviewer(tx, o.admin, bureau, account.ID, day(o, "2026-03-01"))
		}))
		if s := strength(); s.Reviewers != 0 {
			o.Errorf("after the end %+v", s)
		}
	})
}

func TestPooledCounselMayBeCalledByAnotherAgency(t *testing.T) {
	offices(t, func(o *office) {
		other := linshan()
		other.ID, other.Name = "heyang-mzj", "河阳县民政局"
		o.must(o.write(func(tx *db.Tx) error { _, err := roster.CreateAgency(tx, access.Founding(other.ID), other); return err }))
		for _, c := range []roster.Counsel{
			{Agency: bureau, Name: "某丁", Kind: "法律顾问", Organisation: "某某律师事务所", From: day(o, "2026-01-01")},
			{Agency: other.ID, Name: "某戊", Kind: "公职律师", Organisation: "河阳县司法局", Pooled: true, From: day(o, "2026-01-01"), Until: day(o, "2026-12-31")},
			{Agency: other.ID, Name: "某己", Kind: "公职律师", Organisation: "河阳县民政局", From: day(o, "2026-01-01")},
		} {
			o.clock.Advance(time.Second)
			o.must(o.write(func(tx *db.Tx) error { _, err := roster.EngageCounsel(tx, access.Founding(c.Agency), c); return err }))
		}
		for on, want := range map[string]string{"2026-03-02": "某丁某戊", "2027-01-01": "某丁"} {
			o.read(func(tx *db.Tx) error {
				list, err := roster.Counsels(tx, bureau, day(o, on), "", 10)
				names := ""
				for _, c := range list {
					names += c.Name
					if c.Lent != (c.Agency != bureau) {
						o.Errorf("lent %+v", c)
					}
				}
				if names != want {
					o.Errorf("%s: %s, want %s", on, names, want)
				}
				return err
			})
		}
	})
}

func TestEveryChangeIsOnTheLedgerAndNamesNobodyInItsLeaf(t *testing.T) {
	offices(t, func(o *office) {
		f := o.officer("某甲")
		c := o.certificate(f.ID, "JL-0001", "2025-01-01", "2026-12-31")
		o.must(o.write(func(tx *db.Tx) error { return roster.FileCertificate(tx, o.admin, c.ID) }))
		o.must(o.write(func(tx *db.Tx) error { return roster.RenewCertificate(tx, o.admin, c.ID, day(o, "2030-12-31")) }))
		o.read(func(tx *db.Tx) error {
			list, err := ledger.Stream(tx, "officer", f.ID)
			kinds := ""
			for _, r := range list {
				kinds += r.Kind + " "
				for _, v := range r.Ref {
					if v == "某甲" || v == "JL-0001" {
						o.Errorf("%s names a person: %v", r.Kind, r.Ref)
					}
				}
			}
			if kinds != "officer.added certificate.added certificate.filed certificate.renewed " {
				o.Errorf("events %s", kinds)
			}
			return err
		})
	})
}
