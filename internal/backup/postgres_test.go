package backup

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/testkit"
)

// cluster is a private PostgreSQL of a test.
type cluster struct {
	t    *testing.T
	bin  string
	work string // belongs to who runs PostgreSQL, which root may not
	port int
}

func newCluster(t *testing.T) *cluster {
	t.Helper()
	if testkit.Postgres() == "" {
		t.Skipf("%s is not set: a PostgreSQL of its own is made in make test only", testkit.PostgresEnv)
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pg_verifybackup")
	if len(found) == 0 {
		t.Skip("PostgreSQL is not installed")
	}
	work, err := os.MkdirTemp("/tmp", "mingjing-pg-")
	must(t, err)
	c := &cluster{t: t, bin: filepath.Dir(found[len(found)-1]), work: work}
	t.Cleanup(func() { _ = os.RemoveAll(work) })
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	c.port = listener.Addr().(*net.TCPAddr).Port
	must(t, listener.Close())
	must(t, os.Chmod(work, 0o755))
	for _, script := range []string{"pg-backup.sh", "pg-restore.sh", "pg-archive.sh"} {
		text, err := os.ReadFile(filepath.Join(testkit.Root(t), "scripts", script))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(work, script), text, 0o755))
	}
	if os.Getuid() == 0 {
		must(t, exec.Command("chown", "postgres", work).Run())
	}
	c.run(c.bin + "/initdb -D " + work + "/data -U postgres -E UTF8 --locale=C.UTF-8 -A trust")
	return c
}

// run runs a command as the user that PostgreSQL may have.
func (c *cluster) run(command string) string {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	command = "cd " + c.work + " && PG_BIN=" + c.bin + " " + command
	process := exec.CommandContext(ctx, "bash", "-c", command)
	if os.Getuid() == 0 {
		process = exec.CommandContext(ctx, "su", "-s", "/bin/bash", "postgres", "-c", command)
	}
	said, err := process.CombinedOutput()
	if err != nil {
		log, _ := os.ReadFile(c.work + "/log")
		c.t.Fatalf("%s: %v\n%s\n%s", command, err, said, log)
	}
	return string(said)
}

func (c *cluster) start(data, more string) {
	c.t.Helper()
	c.run(fmt.Sprintf(`%s/pg_ctl -D %s/%s -w -l %s/log -o "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s %s" start`,
		c.bin, c.work, data, c.work, c.port, c.work, more))
	c.t.Cleanup(func() {
		_ = exec.Command("bash", "-c", fmt.Sprintf(`kill -QUIT $(head -1 %s/%s/postmaster.pid)`, c.work, data)).Run()
		time.Sleep(200 * time.Millisecond)
	})
}

func (c *cluster) address(database string) string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/%s?sslmode=disable", c.port, database)
}

// TestPostgresComesBackToTheLastArchivedLog: a base backup that verifies, the log archived after it, and the record whole.
func TestPostgresComesBackToTheLastArchivedLog(t *testing.T) {
	c := newCluster(t)
	place := c.work + "/second"
	c.run("mkdir -p " + place + "/wal")
	c.start("data", `-c wal_level=replica -c archive_mode=on -c archive_timeout=60 -c archive_command='`+c.work+`/pg-archive.sh %p %f `+place+`/wal'`)
	admin, err := sql.Open("pgx", c.address("postgres"))
	must(t, err)
	defer admin.Close()
	_, err = admin.Exec(`CREATE DATABASE mingjing TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'`)
	must(t, err)
	o := newOffice(t, c.address("mingjing"))
	o.act(20)
	base := strings.TrimSpace(c.run(fmt.Sprintf("./pg-backup.sh %s -h 127.0.0.1 -p %d -U postgres", place, c.port)))
	o.act(15)
	witnessed := map[string]string{"a": root(t, o.d, "a"), "a/public": root(t, o.d, "a/public")}
	var segment string
	must(t, admin.QueryRow(`SELECT pg_walfile_name(pg_switch_wal())`).Scan(&segment))
	archived(t, place+"/wal/"+segment)
	o.act(3) // lies in no archived segment when the machine goes
	c.run(c.bin + "/pg_ctl -D " + c.work + "/data -m immediate stop")
	if !strings.HasPrefix(base, place+"/base/") {
		t.Fatalf("the backup says %q", base)
	}
	c.run("./pg-restore.sh " + place + " " + c.work + "/restored")
	c.start("restored", "")
	d, err := db.Open(t.Context(), c.address("mingjing"), db.Options{})
	must(t, err)
	defer d.Close()
	for log, note := range witnessed {
		r, err := ledger.Verify(t.Context(), d, log, o.key.Verifier(log), ledger.VerifyOptions{Known: note})
		if err != nil || !r.Sound() || r.Events < 35 {
			t.Errorf("%s: %+v, %v", log, r, err)
		}
	}
	damaged(c, place, base)
}

// damaged flips a byte in the base backup, which must then not be brought back.
func damaged(c *cluster, place, base string) {
	c.t.Helper()
	path := base + "/global/pg_control"
	raw, err := os.ReadFile(path)
	must(c.t, err)
	raw[100] ^= 1
	must(c.t, os.WriteFile(path, raw, 0o600))
	said := c.run("bash -c './pg-restore.sh " + place + " " + c.work + "/third; echo status $?' 2>&1")
	if !strings.Contains(said, "pg_control") || !strings.Contains(said, "status 1") {
		c.t.Errorf("a damaged base backup: %s", said)
	}
}

// archived waits until a segment of the log lies at the second place.
func archived(t *testing.T, path string) {
	t.Helper()
	for range 300 {
		if _, err := os.Stat(path); err == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("%s was not archived", path)
}
