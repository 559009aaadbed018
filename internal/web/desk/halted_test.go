package desk_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"mingjing/internal/testkit/fault"
	"mingjing/internal/testkit/world"
)

func TestAFullDiskTurnsTheDeskReadOnlyKeepsWhatIsTypedAndEndsByItself(t *testing.T) {
	disk := fault.NewDisk(fault.Plan{})
	t.Cleanup(disk.Close)
	b := openOn(t, "sqlite:"+filepath.Join(t.TempDir(), "test.db"), disk.Name())
	admin, handler := b.seat(t, b.Administrator), b.seat(t, b.Handler)
	c := b.Lead(world.Minor())
	officer := url.Values{"name": {"秦望山望山秦"}, "unit": {"bgs"}, "staff": {"在编"}, "from": {"2026-01-05"}}

	disk.Load(fault.Plan{Failures: []fault.Failure{{Op: fault.Write, At: 1, Times: -1, Full: true}}})
	kept := admin.post("/desk/officers/new/add", officer)
	if kept.status != http.StatusServiceUnavailable || kept.head.Get("Retry-After") == "" {
		t.Fatalf("the form was answered %d:\n%s", kept.status, squeeze(kept.main()))
	}
	kept.says("磁盘已满", "没有改变任何内容", "没有丢失", "重新提交", "秦望山望山秦")
	for name, want := range officer {
		if got := kept.value(name); got != want[0] {
			t.Errorf("the field %s came back with %q", name, got)
		}
	}
	// Reading goes on, with the banner over every page, also half an hour later: nobody is signed out by a disk.
	for range 4 {
		handler.get("/desk/cases/"+c.ID).ok().says("磁盘已满", "请系统管理员清理磁盘空间", "没有丢失")
		handler.get("/desk/").ok().says("磁盘已满")
		b.Clock.Advance(20 * time.Minute)
	}
	autosave, err := http.NewRequest(http.MethodPost, b.server.URL+"/desk/officers/new/add", strings.NewReader(officer.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	autosave.Header.Set("Accept", "application/json")
	autosave.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r, err := admin.client.Do(autosave)
	if err != nil {
		t.Fatal(err)
	}
	if saved := admin.read(r); saved.status != http.StatusServiceUnavailable || !strings.Contains(saved.body, "仍在本页，将继续重试") {
		t.Errorf("what saves by itself was answered %d %s", saved.status, saved.body)
	}

	disk.Mend()
	for end := time.Now().Add(15 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		if _, halted := b.house.DB.Halted(); !halted {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the store does not recover by itself")
		}
	}
	admin.signIn()
	again := admin.post("/desk/officers/new/add", officer).ok().says("已登记", "秦望山望山秦")
	if find(again.root, isAlarm) != nil {
		t.Error("the banner stays after the disk is good again")
	}
}

func TestNobodySignsInOnAFullDiskAndIsToldWhy(t *testing.T) {
	disk := fault.NewDisk(fault.Plan{})
	t.Cleanup(disk.Close)
	b := openOn(t, "sqlite:"+filepath.Join(t.TempDir(), "test.db"), disk.Name())
	admin := b.seat(t, b.Administrator)
	disk.Load(fault.Plan{Failures: []fault.Failure{{Op: fault.Sync, At: 1, Times: -1}}})
	p := b.stranger(t).post("/desk/login", url.Values{"login": {admin.login}, "password": {password}})
	if p.status != http.StatusServiceUnavailable {
		t.Fatalf("answered %d", p.status)
	}
	p.says("磁盘无法写入", "请系统管理员检查磁盘")
}

func isAlarm(n *html.Node) bool { return attr(n, "class") == "alarm" }
