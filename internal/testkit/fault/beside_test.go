package fault_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/blob"
	"mingjing/internal/ledger"
)

// besideEnv tells the child where to write.
const besideEnv = "MINGJING_CRASH_BESIDE"

// beside are the acts that write a file beside the database, which no file system of ours stands under.
var beside = map[string]func(dir string) error{
	"evidence": func(dir string) error {
		s, err := blob.New(filepath.Join(dir, "evidence"))
		if err != nil {
			return err
		}
		defer s.Close()
		_, _, err = s.Put(strings.NewReader("现场照片"), 1<<20)
		return err
	},
	"checkpoint kept apart": func(dir string) error {
		return ledger.WriteDurably(ledger.LastCheckpointPath(dir, "a"), "检查点")
	},
	"key": func(dir string) error { return ledger.WritePrivate(filepath.Join(dir, "keys", "some.key"), "密钥") },
}

// TestWritingBesideTheDatabase is the child: it does each act and says on its standard output when it begins and when it is done.
func TestWritingBesideTheDatabase(t *testing.T) {
	dir := os.Getenv(besideEnv)
	if dir == "" {
		t.Skip("only as a child of TestNothingBesideTheDatabaseIsAcknowledgedBeforeItIsOnTheDisk")
	}
	for _, name := range []string{"evidence", "checkpoint kept apart", "checkpoint kept apart", "key"} {
		fmt.Fprintf(os.Stdout, "begin %s\n", name)
		if err := beside[name](dir); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(os.Stdout, "acked %s\n", name)
	}
}

// call is a call of the system that matters here.
type call struct{ name, path, to string }

var (
	synced = regexp.MustCompile(`\bfsync\(\d+<([^>]*)>`)
	placed = regexp.MustCompile(`\b(linkat|renameat2?)\(\S+?<([^>]*)>, "([^"]*)", \S+?<([^>]*)>, "([^"]*)"`)
	made   = regexp.MustCompile(`\bmkdirat\(\S+?<([^>]*)>, "([^"]*)", \w+(\)\s+= 0| <unfinished)`)
	says   = regexp.MustCompile(`\bwrite\(1<[^>]*>, "(begin|acked) ([^"\\]*)\\n"`)
)

func joined(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

// calls reads what strace saw.
func calls(text string) (list []call) {
	for line := range strings.Lines(text) {
		if m := synced.FindStringSubmatch(line); m != nil {
			list = append(list, call{"sync", m[1], ""})
		} else if m := placed.FindStringSubmatch(line); m != nil {
			list = append(list, call{"place", joined(m[2], m[3]), joined(m[4], m[5])})
		} else if m := made.FindStringSubmatch(line); m != nil {
			list = append(list, call{"folder", joined(m[1], m[2]), ""})
		} else if m := says.FindStringSubmatch(line); m != nil {
			list = append(list, call{m[1], m[2], ""})
		}
	}
	return list
}

// TestNothingBesideTheDatabaseIsAcknowledgedBeforeItIsOnTheDisk watches the calls of a process: a file is synced under another name
// before it gets its own, and the folder of the name, and that of every new folder, before the act is done. Cut anywhere, a file
// is there whole or not at all.
func TestNothingBesideTheDatabaseIsAcknowledgedBeforeItIsOnTheDisk(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	dir, log := t.TempDir(), filepath.Join(t.TempDir(), "calls")
	child := exec.Command(strace, "-f", "-y", "-s", "200", "-o", log, "-e", "trace=fsync,linkat,renameat,renameat2,mkdirat,write", os.Args[0], "-test.run", "^TestWritingBesideTheDatabase$")
	child.Env = append(os.Environ(), besideEnv+"="+dir)
	if said, err := child.CombinedOutput(); err != nil {
		if strings.Contains(string(said), "ptrace") {
			t.Skipf("no process may be watched here: %s", said)
		}
		t.Fatalf("%v\n%s", err, said)
	}
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	list, seen := calls(string(text)), 0
	for i, c := range list {
		if c.name != "begin" {
			continue
		}
		end := i + slices.Index(list[i:], call{"acked", c.path, ""})
		if end < i {
			t.Fatalf("%s was not acknowledged", c.path)
		}
		seen++
		judgeCalls(t, c.path, list[i:end])
	}
	if seen != 4 {
		t.Errorf("%d acts were seen in %d calls", seen, len(list))
	}
}

func judgeCalls(t *testing.T, act string, list []call) {
	t.Helper()
	files := 0
	for i, c := range list {
		after := list[i:]
		switch c.name {
		case "place":
			files++
			if !slices.Contains(list[:i], call{"sync", c.path, ""}) {
				t.Errorf("%s: %s gets its name before it is on the disk", act, c.to)
			}
			if !slices.Contains(after, call{"sync", filepath.Dir(c.to), ""}) {
				t.Errorf("%s: the name of %s is not on the disk when it is acknowledged", act, c.to)
			}
		case "folder":
			if parent := filepath.Dir(c.path); !slices.Contains(after, call{"sync", parent, ""}) {
				t.Errorf("%s: the folder %s is not on the disk when it is acknowledged", act, c.path)
			}
		}
	}
	if files != 1 {
		t.Errorf("%s: %d files were put in place: %+v", act, files, list)
	}
}
