package e2e

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mingjing runs a verb of the binary.
func mingjing(t *testing.T, stdin string, args ...string) (string, error) {
	t.Helper()
	base(t)
	cmd := exec.Command(served.binary, args...)
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func TestADeadlineIsComputedFromTheCommandLine(t *testing.T) {
	out, err := mingjing(t, "", "deadline", "2026-02-13", "+7wd")
	if err != nil || strings.TrimSpace(out) != "2026-03-02" {
		t.Fatalf("got %q, %v", out, err)
	}
	out, err = mingjing(t, "", "deadline", "2026-02-13", "+7wd", "--explain")
	if err != nil || !strings.Contains(out, "春节") {
		t.Errorf("the explanation does not name the holiday: %q, %v", out, err)
	}
	if out, err = mingjing(t, "", "deadline", "2026-11-20", "-7wd"); err != nil || strings.TrimSpace(out) != "2026-11-11" {
		t.Errorf("seven working days before a hearing: %q, %v", out, err)
	}
	out, err = mingjing(t, "2026-02-13 +7wd\nnonsense\n2026-11-02 +90cd\n", "deadline", "-")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if err != nil || len(lines) != 3 || lines[0] != "2026-03-02" || !strings.HasPrefix(lines[2], "2027-01-31") {
		t.Errorf("from standard input: %q, %v", out, err)
	}
}

func TestTheLedgerOfTheYearVerifies(t *testing.T) {
	out, err := mingjing(t, "", "verify", "--db", "sqlite:"+filepath.Join(served.folder, "demo", "mingjing.db"))
	if err != nil || !strings.Contains(out, "核验通过") {
		t.Fatalf("%s %v", out, err)
	}
}

func TestTheSearchOfTheCommandLineFindsTwoCharacterWords(t *testing.T) {
	out, err := mingjing(t, "", "search", "罚款", "--json", "--db", "sqlite:"+filepath.Join(served.folder, "demo", "mingjing.db"))
	if err != nil || !strings.Contains(out, `"number":"四民`) {
		t.Fatalf("%s %v", out, err)
	}
}

// backedUp backs the demonstration up while it is served, brings it back into a folder of its own, and gives that folder.
func backedUp(t *testing.T) string {
	t.Helper()
	second, folder := t.TempDir(), filepath.Join(t.TempDir(), "back")
	out, err := mingjing(t, "", "backup", second, "--keys", "--db", "sqlite:"+filepath.Join(served.folder, "demo", "mingjing.db"))
	if err != nil {
		t.Fatalf("%s %v", out, err)
	}
	if out, err = mingjing(t, "", "restore", second, "--to", folder); err != nil || !strings.Contains(out, "核验通过") {
		t.Fatalf("%s %v", out, err)
	}
	return folder
}

func TestABackupIsMadeWhileTheProgramServes(t *testing.T) {
	base(t)
	folder := backedUp(t)
	out, err := mingjing(t, "", "verify", "--db", "sqlite:"+filepath.Join(folder, "mingjing.db"))
	if err != nil || !strings.Contains(out, "核验通过") {
		t.Errorf("the backup does not verify: %s %v", out, err)
	}
	if out, err = mingjing(t, "", "recheck", "--db", "sqlite:"+filepath.Join(folder, "mingjing.db")); err != nil || !strings.Contains(out, "全部一致") {
		t.Errorf("the backup does not stand the re-check: %s %v", out, err)
	}
}

func TestARealAgencyBeginsEmptyWithAOneTimeCode(t *testing.T) {
	folder := t.TempDir()
	store := "sqlite:" + filepath.Join(folder, "mingjing.db")
	if out, err := mingjing(t, "", "serve", "--db", store); err == nil || !strings.Contains(out, "init") {
		t.Errorf("an agency that was never set up is served: %s", out)
	}
	out, err := mingjing(t, "", "init", "--db", store, "--name", "管理员", "--credit-code", "11220000013544357T")
	if err != nil || !strings.Contains(out, "一次性设置码") {
		t.Fatalf("%s %v", out, err)
	}
	if out, err := mingjing(t, "", "init", "--db", store, "--name", "另一人", "--credit-code", "11220000013544357T"); err == nil {
		t.Errorf("a second administrator was made by init: %s", out)
	}
	if out, err := mingjing(t, "", "init", "--db", "sqlite:"+filepath.Join(folder, "other.db"), "--name", "管理员", "--credit-code", "11220000013544357X"); err == nil || !strings.Contains(out, "校验") {
		t.Errorf("a wrong credit code was taken: %s", out)
	}
}
