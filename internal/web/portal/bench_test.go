package portal_test

import (
	"bufio"
	"bytes"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/testkit"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
	"mingjing/internal/web/portal"
)

// BenchmarkKeptPage gives the front page from memory and a hello world of net/http in turn, to the same 32 connections,
// and reports the medians of nine pairs: answers in a second, and the quotient; and the quotient of the answers that a second
// of processor time gives, client and server together, which holds on a machine that has other work too.
func BenchmarkKeptPage(b *testing.B) {
	server, err := web.New(web.Options{Clock: time.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Rate: web.Rate{PerSecond: -1}})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := portal.Install(server, public.Open(testkit.SQLite(b, nil)), portal.Options{Clock: time.Now, Site: page.Site{Name: "示例市民政局行政执法公示平台"}}); err != nil {
		b.Fatal(err)
	}
	kept := listening(b, server)
	hello := listening(b, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "hello, world") }))
	var quotients, efforts, pages, hellos []float64
	for b.Loop() {
		for range 9 {
			h, hWork := rate(b, hello)
			p, pWork := rate(b, kept)
			quotients, efforts, pages, hellos = append(quotients, p/h), append(efforts, pWork/hWork), append(pages, p), append(hellos, h)
		}
	}
	b.ReportMetric(median(hellos), "hello/s")
	b.ReportMetric(median(pages), "page/s")
	b.ReportMetric(median(quotients), "page/hello")
	b.ReportMetric(median(efforts), "page/hello-by-cpu")
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

func listening(b *testing.B, handler http.Handler) string {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	server := &http.Server{Handler: handler}
	if own, ok := handler.(*web.Server); ok {
		server, listener = own.HTTP(""), web.Gathering(listener)
	}
	go func() { _ = server.Serve(listener) }()
	b.Cleanup(func() { server.Close() })
	return listener.Addr().String()
}

// rate asks for the front page over 32 connections for a moment, and tells how many answers came in a second, and in a
// second of processor time.
func rate(b *testing.B, address string) (bySecond, byWork float64) {
	b.Helper()
	var answers atomic.Int64
	var wait sync.WaitGroup
	start, work := time.Now(), worked(b)
	for range 32 {
		wait.Go(func() {
			conn, err := net.Dial("tcp", address)
			if err != nil {
				b.Error(err)
				return
			}
			defer conn.Close()
			in := bufio.NewReaderSize(conn, 32<<10)
			for time.Since(start) < 250*time.Millisecond {
				if err := ask(conn, in); err != nil {
					b.Error(err)
					return
				}
				answers.Add(1)
			}
		})
	}
	wait.Wait()
	return float64(answers.Load()) / time.Since(start).Seconds(), float64(answers.Load()) / (worked(b) - work).Seconds()
}

// worked is the processor time that this process has used.
func worked(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// ask sends a request as a browser does and passes over the answer; it does no more, so that the server is measured.
func ask(conn net.Conn, in *bufio.Reader) error {
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: example.gov.cn\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n"); err != nil {
		return err
	}
	length := 0
	for {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
		if len(line) <= 2 {
			_, err = in.Discard(length)
			return err
		}
	}
}
