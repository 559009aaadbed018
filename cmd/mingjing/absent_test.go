package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/house"
)

// refused runs a verb that must fail and tells what it says.
func refused(t *testing.T, dir string, args ...string) string {
	t.Helper()
	c := verb(args...)
	c.Dir = dir
	said, err := c.CombinedOutput()
	if err == nil {
		t.Errorf("%v went through:\n%s", args, said)
	}
	return string(said)
}

// left lists what lies in a folder.
func left(t *testing.T, dir string) (names []string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

func TestAMistypedStoreIsRefusedAndNotMade(t *testing.T) {
	blank := os.Getenv("MINGJING_PG")
	stores := []string{"sqlite:nowhere/mingjing.db", "sqlite:mingjing.db"}
	if blank != "" {
		stores = append(stores, blank) // the database of maintenance, in which nothing of the program lies
	}
	for _, store := range stores {
		dir := t.TempDir()
		table := filepath.Join(t.TempDir(), "a.csv")
		if err := os.WriteFile(table, []byte("标题,正文\n甲,乙\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"import", "decisions", table, "--map", "title=标题,body=正文", "--as", "su", "--dry-run"}, {"import", "decisions", table, "--map", "title=标题", "--as", "su"},
			{"verify"}, {"recheck"}, {"search", "罚款"}, {"serve", "--listen", "127.0.0.1:0"}, {"backup", "make", filepath.Join(dir, "copy")}, {"restore", "accept", "--name", "甲", "--reason", "乙"}} {
			if said := refused(t, dir, append(args, "--db", store)...); !strings.Contains(said, "找不到数据库") {
				t.Errorf("%v on %s says %s", args, store, said)
			}
			if names := left(t, dir); len(names) > 0 {
				t.Errorf("%v on %s leaves %v", args, store, names)
			}
		}
	}
	if said := refused(t, t.TempDir(), "verify", "--db", "data/mingjing.db"); !strings.Contains(said, "看不懂数据库地址") {
		t.Errorf("an address of no kind: %s", said)
	}
	if said := refused(t, t.TempDir(), "search", "罚款", "--in", "cases"); !strings.Contains(said, "只能是 publications") {
		t.Errorf("another place to search: %s", said)
	}
}

func TestAFailedInitLeavesNothingAndASecondOneIsRefused(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{{"--name", "卢正则", "--credit-code", "112203000135432150"}, {"--name", "", "--credit-code", "112203000135432153"}} {
		said := refused(t, dir, append([]string{"init", "--db", "sqlite:a/b/mingjing.db"}, args...)...)
		if names := left(t, dir); len(names) > 0 {
			t.Errorf("a failed init (%s) leaves %v", said, names)
		}
	}
	c := verb("init", "--db", "sqlite:a/b/mingjing.db", "--name", "卢正则", "--credit-code", "112203000135432153", "--address", "云山市文化街1号")
	c.Dir = dir
	// Nobody sits at a terminal here: what was not given is named, not asked for.
	if said, err := c.CombinedOutput(); err != nil || !strings.Contains(string(said), "还没有填写：办公电话、陈述申辩、听证联系人") || strings.Contains(string(said), "回车跳过") {
		t.Fatalf("%v\n%s", err, said)
	}
	if said := refused(t, dir, "init", "--db", "sqlite:a/b/mingjing.db", "--name", "卢正则", "--credit-code", "112203000135432153"); !strings.Contains(said, "已经设立机关") {
		t.Errorf("a second init says %s", said)
	}
	if names := left(t, filepath.Join(dir, "a", "b")); len(names) < 3 {
		t.Errorf("a refused second init took things away: %v are left", names)
	}
}

func TestTheCommandLineOfADemonstrationLivesOnItsDay(t *testing.T) {
	dir := t.TempDir()
	store := "sqlite:" + filepath.Join(dir, "mingjing.db")
	if said, err := verb("init", "--db", store, "--name", "卢正则", "--credit-code", "112203000135432153").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	table := filepath.Join(t.TempDir(), "a.csv")
	day := time.Now().AddDate(0, 2, 0).Format("2006-01-02")
	if err := os.WriteFile(table, []byte("标题,正文,决定日期\n甲,乙,"+day+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	engage(t, store, "gong", access.RolePublisher)
	dry := func() string {
		said, err := verb("import", "decisions", table, "--map", "title=标题,body=正文,decided=决定日期", "--as", "gong", "--dry-run", "--db", store).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		return string(said)
	}
	if said := dry(); !strings.Contains(said, "不合理") {
		t.Errorf("a day to come is taken: %s", said)
	}
	clock, err := house.NewClock(dir, time.Now)
	if err == nil {
		err = clock.Forward(90 * 24 * time.Hour)
	}
	if err != nil {
		t.Fatal(err)
	}
	if said := dry(); strings.Contains(said, "不合理") {
		t.Errorf("three months on, the day is refused: %s", said)
	}
}

// engage adds an account with a role.
func engage(t *testing.T, store, login, role string) {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, store, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	founder := access.Actor{Account: "founder", Agency: "siping-mzj", Roles: []string{access.RoleAdministrator}, StepUp: true}
	if err := d.Write(ctx, founder.Agency, func(tx *db.Tx) error {
		_, err := access.Create(tx, founder, access.NewAccount{Agency: founder.Agency, Login: login, Name: "龚明", Unit: "bgs", Roles: []string{role}})
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
