package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"mingjing/internal/web"
)

// A browser sends all it has before it reads. Over a real connection the page must arrive whole while it still sends,
// slowly, far beyond what the page takes and beyond what net/http reads of a refused body.
func TestAClientThatStillSendsGetsThePageThatSaysWhatIsTooLarge(t *testing.T) {
	h := newHouse(t, web.Options{MaxBody: 64 << 10})
	h.face.Handle("POST /blind", func(http.ResponseWriter, *http.Request) error { return web.SignIn{Location: "/login"} })
	server := httptest.NewServer(h.server)
	defer server.Close()
	for _, c := range []struct {
		path, want string
		status     int
	}{
		{"/form", "本页一次最多接收64KB", http.StatusRequestEntityTooLarge},
		{"/blind", "", http.StatusSeeOther}, // a handler that does not look at the body
	} {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		const length = 6 << 20
		fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n", c.path, length)
		piece := []byte(strings.Repeat("a", length/30))
		sent := 0
		for ; sent+len(piece) <= length; sent += len(piece) {
			if _, err := conn.Write(piece); err != nil {
				t.Fatalf("%s: the connection broke after %d bytes: %v", c.path, sent, err)
			}
			time.Sleep(40 * time.Millisecond)
		}
		if _, err := conn.Write(piece[:length-sent]); err != nil {
			t.Fatalf("%s: %v", c.path, err)
		}
		_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
		reader := bufio.NewReader(conn)
		answer, err := http.ReadResponse(reader, nil)
		if err != nil {
			t.Fatalf("%s: no answer: %v", c.path, err)
		}
		body, err := io.ReadAll(answer.Body)
		if err != nil || answer.StatusCode != c.status || !strings.Contains(string(body), c.want) {
			t.Errorf("%s answers %d %v without %q", c.path, answer.StatusCode, err, c.want)
		}
		// The connection serves the next page.
		fmt.Fprint(conn, "GET /kept HTTP/1.1\r\nHost: example\r\n\r\n")
		if next, err := http.ReadResponse(reader, nil); err != nil || next.StatusCode != http.StatusOK {
			t.Errorf("%s: the next page on the connection: %v %v", c.path, next, err)
		}
	}
}

func TestWhatIsReadOfARefusedBodyIsBounded(t *testing.T) {
	h := newHouse(t, web.Options{MaxBody: 64 << 10})
	server := httptest.NewServer(h.server)
	defer server.Close()
	sent := &endless{}
	r, err := http.NewRequest("POST", server.URL+"/form", sent)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultClient.Do(r)
	if err == nil {
		answer.Body.Close()
	}
	if sent.n > 64<<20 {
		t.Errorf("%d bytes were taken of a page that takes 64 KiB", sent.n)
	}
}

type endless struct{ n int64 }

func (e *endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'a'
	}
	e.n += int64(len(b))
	return len(b), nil
}
