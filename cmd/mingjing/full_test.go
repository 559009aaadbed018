package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// programEnv makes the test binary the program itself, so that no second one has to be built.
const programEnv = "MINGJING_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(programEnv) != "" {
		os.Args = append(os.Args[:1], strings.Split(os.Getenv(programEnv), "\n")...)
		main()
		return
	}
	os.Exit(m.Run())
}

// verb is a verb of the program in a process of its own.
func verb(args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), programEnv+"="+strings.Join(args, "\n"))
	return c
}

// TestAServiceOnAFullFileSystemServesReadingAndRecoversByItself fills a real file system under the real program. It needs to
// mount one in memory, which only root may.
func TestAServiceOnAFullFileSystemServesReadingAndRecoversByItself(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=24m"); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	store := "sqlite:" + filepath.Join(dir, "mingjing.db")
	said, err := verb("init", "--db", store, "--name", "卢正则", "--credit-code", "112203000135432153").CombinedOutput()
	if err != nil {
		t.Fatalf("init: %v\n%s", err, said)
	}
	code := regexp.MustCompile(`一次性设置码：(\S+?)（`).FindStringSubmatch(string(said))
	if code == nil {
		t.Fatalf("init gives no code:\n%s", said)
	}
	base := serving(t, store)
	ballast := filepath.Join(dir, "ballast")
	fill(t, ballast)

	form := url.Values{"code": {code[1]}, "password": {"云山-2026-full"}, "repeat": {"云山-2026-full"}}
	status, text := posted(t, base+"/desk/setup", form)
	if status != http.StatusServiceUnavailable || !strings.Contains(text, "磁盘已满") {
		t.Fatalf("a form on a full disk was answered %d\n%s", status, text)
	}
	for path, want := range map[string]string{"/": "公示", "/desk/login": "磁盘已满"} {
		r, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		if text := read(t, r); r.StatusCode != http.StatusOK || !strings.Contains(text, want) {
			t.Errorf("%s on a full disk was answered %d, without %q", path, r.StatusCode, want)
		}
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	freed := time.Now()
	for status != http.StatusOK {
		if time.Since(freed) > 20*time.Second {
			t.Fatalf("the service does not recover by itself: %d", status)
		}
		time.Sleep(100 * time.Millisecond)
		status, _ = posted(t, base+"/desk/setup", form)
	}
	t.Logf("full file system: commands are taken again %s after room was made", time.Since(freed).Round(100*time.Millisecond))
}

// serving starts the service and waits until it answers.
func serving(t *testing.T, store string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	c := verb("serve", "--db", store, "--listen", address)
	var log strings.Builder
	c.Stderr = &log
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(os.Interrupt)
		_ = c.Wait()
		if t.Failed() {
			t.Log(log.String())
		}
	})
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if r, err := http.Get("http://" + address + "/"); err == nil {
			r.Body.Close()
			return "http://" + address
		}
		if time.Now().After(end) {
			t.Fatal("the service does not answer")
		}
	}
}

// fill takes all the room that there is.
func fill(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, size := range []int{1 << 20, 1 << 12, 1 << 6} {
		for {
			if _, err := f.Write(make([]byte, size)); err != nil {
				break
			}
		}
	}
}

func posted(t *testing.T, address string, form url.Values) (int, string) {
	t.Helper()
	r, err := http.PostForm(address, form)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, read(t, r)
}

func read(t *testing.T, r *http.Response) string {
	t.Helper()
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(fmt.Errorf("read %s: %w", r.Request.URL, err))
	}
	return string(raw)
}
