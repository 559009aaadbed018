package backup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mingjing/internal/blob"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/testkit"

	"mingjing/internal/backup/envelope"
	"mingjing/internal/backup/place"
)

// office is a store with a record, evidence and a key, as an agency has them.
type office struct {
	t      *testing.T
	folder string
	d      *db.DB
	blobs  *blob.Store
	key    *ledger.Key
	log    *ledger.Log
	random *rand.ChaCha8
	clock  *testkit.Clock
}

func newOffice(t *testing.T, address string) *office {
	t.Helper()
	folder := t.TempDir()
	if address == "" {
		address = testkit.SQLiteAt(t, filepath.Join(folder, "mingjing.db"))
	}
	clock := testkit.NewClock(t, "2026-03-02T01:00:00Z")
	d, err := db.Open(t.Context(), address, db.Options{Clock: clock.Now})
	must(t, err)
	t.Cleanup(func() { _ = d.Close() })
	must(t, d.Migrate(context.Background()))
	o := &office{t: t, folder: folder, d: d, clock: clock, random: rand.NewChaCha8([32]byte{1})}
	o.key, err = ledger.CreateKey(folder)
	must(t, err)
	o.blobs, err = blob.New(filepath.Join(folder, "evidence"))
	must(t, err)
	o.log = ledger.NewLog(d, o.key, folder, slog.New(slog.DiscardHandler))
	return o
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// act records events in the inner record of the agency and in its public log, and signs both.
func (o *office) act(n int) {
	o.t.Helper()
	o.record(n)
	o.signed()
}

func (o *office) record(n int) {
	o.t.Helper()
	must(o.t, o.d.Write(context.Background(), "a", func(tx *db.Tx) error {
		for i := range n {
			for _, log := range []string{"a", "a/public"} {
				if _, err := ledger.Append(tx, ledger.Event{Agency: log, Kind: "case.noted", SubjectKind: "case", Subject: fmt.Sprint("c", i),
					Actor: ledger.Actor{Account: "handler"}, Payload: map[string]string{"name": "张三", "text": strings.Repeat("事实。", 40)}}); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

func (o *office) signed() {
	o.t.Helper()
	for _, log := range []string{"a", "a/public"} {
		_, err := o.log.Checkpoint(context.Background(), log)
		must(o.t, err)
	}
}

// file puts evidence of a size that does not compress.
func (o *office) file(size int) blob.Digest {
	o.t.Helper()
	content := make([]byte, size)
	_, _ = o.random.Read(content)
	d, _, err := o.blobs.Put(bytes.NewReader(content), int64(size))
	must(o.t, err)
	return d
}

func (o *office) source() Source {
	return Source{DB: o.d, Blobs: o.blobs, Folder: o.folder, Key: o.key, Program: "test"}
}

func (o *office) make(s *Set, more MakeOptions) Made {
	o.t.Helper()
	if o.clock != nil {
		o.clock.Advance(time.Minute)
	}
	made, err := s.Make(context.Background(), o.source(), more)
	must(o.t, err)
	return made
}

// root is the signed root of a log.
func root(t *testing.T, d *db.DB, log string) (text string) {
	t.Helper()
	must(t, d.Read(context.Background(), func(tx *db.Tx) (err error) {
		text, err = ledger.Newest(tx, log)
		return err
	}))
	return text
}

// spot is a way to keep a set.
type spot struct {
	name string
	open func(t *testing.T) *Set
}

// places are both destinations under each cipher; in the inner loop each cipher and each destination once.
func places(t *testing.T) []spot {
	var list []spot
	for i, c := range []envelope.Cipher{envelope.Plain, envelope.SM4, envelope.AES} {
		for j, where := range []string{"folder", "s3"} {
			if !testkit.Full() && i%2 != j { // plain and AES in a folder, SM4 in a bucket
				continue
			}
			list = append(list, spot{name: where + " " + string(c), open: func(t *testing.T) *Set {
				t.Helper()
				var dest place.Place
				var err error
				if where == "folder" {
					dest, err = place.Open(t.TempDir())
				} else {
					dest, err = fakeBucket(t)
				}
				must(t, err)
				return sealedSet(t, dest, c)
			}})
		}
	}
	return list
}

func sealedSet(t *testing.T, dest place.Place, c envelope.Cipher) *Set {
	t.Helper()
	o := Options{Cipher: c}
	if c != envelope.Plain {
		o.KeyFile = filepath.Join(t.TempDir(), "backup.key")
		must(t, envelope.WriteKey(o.KeyFile))
	}
	s, err := openAt(dest, o)
	must(t, err)
	return s
}

// again opens the same place anew, as another process does.
func again(s *Set) *Set { return &Set{dest: s.dest, seal: s.seal} }

// fakeBucket is an S3 server in the process: it keeps objects, and refuses a body whose MD5 or length is not as announced.
func fakeBucket(t *testing.T) (place.Place, error) {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "test")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	var mu sync.Mutex
	objects := map[string][]byte{}
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if !strings.Contains(r.Header.Get("Authorization"), "Credential=test/") {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		key, _ := strings.CutPrefix(r.URL.Path, "/agency/")
		switch {
		case r.Method == http.MethodPut:
			body, _ := io.ReadAll(r.Body)
			objects[key] = body
			sum := sha256.Sum256(body)
			w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
		case r.Method == http.MethodDelete:
			delete(objects, key)
			w.WriteHeader(http.StatusNoContent)
		case r.URL.Query().Has("location"):
			_, _ = io.WriteString(w, `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></LocationConstraint>`)
		case r.URL.Query().Get("list-type") == "2":
			listing(w, objects, r.URL.Query().Get("prefix"))
		case objects[key] == nil:
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, `<Error><Code>NoSuchKey</Code><Message>none</Message></Error>`)
		default:
			w.Header().Set("Last-Modified", "Mon, 02 Mar 2026 01:00:00 GMT")
			w.Header().Set("ETag", `"x"`)
			w.Header().Set("Content-Length", fmt.Sprint(len(objects[key])))
			_, _ = w.Write(objects[key])
		}
	}))
	t.Cleanup(server.Close)
	return place.Bucket("s3://agency/mj?region=cn-north-1&path=1&endpoint="+url.QueryEscape(server.URL), server.Client().Transport)
}

func listing(w io.Writer, objects map[string][]byte, prefix string) {
	type content struct {
		Key  string
		Size int
	}
	var out struct {
		XMLName  xml.Name `xml:"ListBucketResult"`
		Contents []content
	}
	for key, body := range objects {
		if strings.HasPrefix(key, prefix) {
			out.Contents = append(out.Contents, content{key, len(body)})
		}
	}
	_ = xml.NewEncoder(w).Encode(out)
}

// objects lists everything that lies in a set.
func objects(t *testing.T, s *Set) []string {
	t.Helper()
	var all []string
	for _, sort := range []string{pieces, manifests, segments} {
		list, err := s.names(context.Background(), sort)
		must(t, err)
		all = append(all, list...)
	}
	slices.Sort(all)
	return all
}

// restore brings the newest backup back and gives its folder.
func restore(t *testing.T, s *Set, o RestoreOptions) (*Restored, string, error) {
	t.Helper()
	o.To = filepath.Join(t.TempDir(), "back")
	r, err := again(s).Restore(context.Background(), o)
	if err != nil {
		left, _ := os.ReadDir(filepath.Dir(o.To))
		if len(left) > 0 {
			t.Errorf("a refused restore left %s", left[0].Name())
		}
	}
	return r, o.To, err
}

// named tells whether a refusal names an object.
func named(err error, name string) bool {
	var damaged *Damaged
	return errors.As(err, &damaged) && damaged.Name == name && strings.Contains(damaged.Message(), name)
}
