package e2e

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// served is the demonstration that all scenarios look at; it is built and started once.
var served struct {
	address string
	binary  string
	folder  string
	err     error
}

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	folder, err := os.MkdirTemp("", "mingjing-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	served.folder, served.binary = folder, filepath.Join(folder, "mingjing")
	served.address, served.err = start(ctx, folder)
	return m.Run()
}

// start builds the binary and runs its demonstration.
func start(ctx context.Context, folder string) (string, error) {
	build := exec.Command("go", "build", "-o", served.binary, "../cmd/mingjing")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	_, address, err := launch(ctx, filepath.Join(folder, "demo"))
	return address, err
}

// launch runs the demonstration of a folder on a free port and waits for the address it prints.
func launch(ctx context.Context, folder string, more ...string) (*exec.Cmd, string, error) {
	demo := exec.CommandContext(ctx, served.binary, append([]string{"demo", "--folder", folder, "--listen", "127.0.0.1:0"}, more...)...)
	out, err := demo.StdoutPipe()
	if err != nil {
		return nil, "", err
	}
	demo.Stderr = os.Stderr
	if err := demo.Start(); err != nil {
		return nil, "", err
	}
	found := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if _, after, ok := strings.Cut(lines.Text(), "http://"); ok && len(found) == 0 {
				found <- "http://" + strings.TrimSuffix(after, "/")
			}
		}
	}()
	select {
	case address := <-found:
		return demo, address, nil
	case <-time.After(2 * time.Minute):
		return demo, "", fmt.Errorf("the demonstration printed no address within two minutes")
	}
}

// base is the address of the demonstration.
func base(t *testing.T) string {
	t.Helper()
	if served.err != nil {
		t.Fatal(served.err)
	}
	return served.address
}

// get reads a page without a browser.
func get(t *testing.T, path string) (int, string) {
	t.Helper()
	resp, err := http.Get(base(t) + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 8<<20))
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}
