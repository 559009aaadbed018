package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mingjing/internal/testkit"
)

// server is a private PostgreSQL that archives its log, with the program beside it, both run by a user that PostgreSQL takes.
type server struct {
	*testing.T
	bin, work string
	port      int
}

func newServer(t *testing.T) *server {
	t.Helper()
	if testkit.Postgres() == "" {
		t.Skipf("%s is not set: a PostgreSQL of its own is made in make test only", testkit.PostgresEnv)
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pg_verifybackup")
	if len(found) == 0 {
		t.Skip("PostgreSQL is not installed")
	}
	work, err := os.MkdirTemp("/tmp", "mingjing-drilled-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(work) })
	s := &server{T: t, bin: filepath.Dir(found[len(found)-1]), work: work}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = listener.Addr().(*net.TCPAddr).Port
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	for _, script := range []string{"pg-backup.sh", "pg-restore.sh", "pg-archive.sh", "pg-drill.sh"} {
		s.put(script, filepath.Join(testkit.Root(t), "scripts", script))
	}
	s.put("program", os.Args[0])
	wrapper := "#!/bin/bash\nIFS=$'\\n'\nexport " + programEnv + "=\"$*\"\nexec " + work + "/program\n"
	if err := os.WriteFile(work+"/mingjing", []byte(wrapper), 0o755); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 {
		if err := exec.Command("chown", "-R", "postgres", work).Run(); err != nil {
			t.Fatal(err)
		}
	}
	s.must(s.bin + "/initdb -D data -U postgres -E UTF8 --locale=C.UTF-8 -A trust")
	s.must("mkdir -p second/wal scratch folder")
	s.must(fmt.Sprintf(`%s/pg_ctl -D data -w -l log -o "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories=%s -c wal_level=replica -c archive_mode=on -c archive_command='%s/pg-archive.sh %%p %%f %s/second/wal'" start`,
		s.bin, s.port, work, work, work))
	t.Cleanup(func() { _, _ = s.run(s.bin + "/pg_ctl -D data -m immediate -w stop") })
	s.sql("postgres", `CREATE DATABASE mingjing TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'`)
	return s
}

func (s *server) put(name, from string) {
	s.Helper()
	text, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(filepath.Join(s.work, name), text, 0o755)
	}
	if err != nil {
		s.Fatal(err)
	}
}

// run runs a command in the folder as the user that PostgreSQL may have.
func (s *server) run(command string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	command = "cd " + s.work + " && export PG_BIN=" + s.bin + " MINGJING=" + s.work + "/mingjing && " + command
	process := exec.CommandContext(ctx, "bash", "-c", command)
	if os.Getuid() == 0 {
		process = exec.CommandContext(ctx, "su", "-s", "/bin/bash", "postgres", "-c", command)
	}
	said, err := process.CombinedOutput()
	return string(said), err
}

func (s *server) must(command string) string {
	s.Helper()
	said, err := s.run(command)
	if err != nil {
		log, _ := os.ReadFile(s.work + "/log")
		s.Fatalf("%s: %v\n%s\n%s", command, err, said, log)
	}
	return strings.TrimSpace(said)
}

func (s *server) sql(database, query string) string {
	s.Helper()
	return s.must(fmt.Sprintf(`psql -h 127.0.0.1 -p %d -U postgres -d %s -Atqc "%s"`, s.port, database, query))
}

// drill runs the script and tells what the store keeps of it.
func (s *server) drill() (said, kept string, err error) {
	s.Helper()
	said, err = s.run("./pg-drill.sh second scratch mingjing --db '" + s.address() + "' --folder folder")
	return said, s.sql("mingjing", `SELECT sound, scope, backup, logs, events > 0, fault FROM backup_drill ORDER BY at DESC, id DESC LIMIT 1`), err
}

func (s *server) address() string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/mingjing?sslmode=disable", s.port)
}

// archived lets PostgreSQL hand over what it has, and waits for it.
func (s *server) archived() {
	s.Helper()
	segment := s.sql("postgres", `SELECT pg_walfile_name(pg_switch_wal())`)
	for range 300 {
		if _, err := os.Stat(s.work + "/second/wal/" + segment); err == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	s.Fatalf("%s was not archived", segment)
}

// TestADrillBringsAPostgresBackAndRecordsWhatItFound: the base backup and the log archived after it come up in a cluster of their
// own, which the program verifies, re-checks and compares with the record that goes on.
func TestADrillBringsAPostgresBackAndRecordsWhatItFound(t *testing.T) {
	s := newServer(t)
	s.must("./mingjing init --db '" + s.address() + "' --folder folder --name 卢正则 --credit-code 112203000135432153")
	if said, kept, err := s.drill(); err == nil || !strings.HasPrefix(kept, "0|PostgreSQL") || !strings.Contains(kept, "没有基础备份") {
		t.Fatalf("without a base backup: %v\n%s\n%s", err, said, kept)
	}
	base := filepath.Base(s.must(fmt.Sprintf("./pg-backup.sh second -h 127.0.0.1 -p %d -U postgres", s.port)))
	s.archived()
	before := s.sql("mingjing", `SELECT sum(size) FROM ledger_head`)
	if said, kept, err := s.drill(); err != nil || !strings.Contains(said, before+" 条记录") || !strings.HasPrefix(kept, "1|PostgreSQL 数据库与记录（基础备份与归档日志）|"+base+"|") {
		t.Fatalf("a sound backup with %s events: %v\n%s\n%s", before, err, said, kept)
	}
	s.archived() // the drill itself was recorded; the next one brings it back from the archived log
	after := s.sql("mingjing", `SELECT sum(size) FROM ledger_head`)
	if said, kept, err := s.drill(); err != nil || after == before || !strings.Contains(said, after+" 条记录") {
		t.Fatalf("what was archived after the backup, %s events: %v\n%s\n%s", after, err, said, kept)
	}
	path := s.work + "/second/base/" + base + "/global/pg_control"
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	raw[100] ^= 1
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, kept, err := s.drill(); err == nil || !strings.HasPrefix(kept, "0|") || !strings.Contains(kept, "pg_control") {
		t.Errorf("a damaged base backup: %v\n%s\n%s", err, said, kept)
	}
	left, _ := filepath.Glob(s.work + "/scratch/*")
	if sockets, _ := filepath.Glob("/tmp/mingjing-drill.*"); len(left)+len(sockets) > 0 {
		t.Errorf("left behind: %v %v", left, sockets)
	}
}
