package witness

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/testkit"
)

// origin is the log of these tests.
const origin = "mingjing/a1/public"

var began = time.Unix(1790000000, 0)

func clock() time.Time { return began }

// book is a log whose history the test writes as it likes.
type book struct {
	signer note.Signer
	vkey   string
	stored []tlog.Hash
	leaves int64
}

func newBook(t testing.TB, origin string) *book {
	t.Helper()
	skey, vkey, err := note.GenerateKey(nil, origin)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	return &book{signer: signer, vkey: vkey}
}

func (b *book) reader() tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		list := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			list[i] = b.stored[index]
		}
		return list, nil
	})
}

// grow adds leaves whose text names the history that they are of.
func (b *book) grow(n int64, history string) {
	for range n {
		hashes, _ := tlog.StoredHashes(b.leaves, fmt.Appendf(nil, "%s %d", history, b.leaves), b.reader())
		b.stored = append(b.stored, hashes...)
		b.leaves++
	}
}

// fork is the same log with another history from a size on, signed by the same key.
func (b *book) fork(at int64) *book {
	other := &book{signer: b.signer, vkey: b.vkey, leaves: at, stored: append([]tlog.Hash{}, b.stored[:tlog.StoredHashCount(at)]...)}
	return other
}

func (b *book) checkpoint(size int64) string {
	root, _ := tlog.TreeHash(size, b.reader())
	text, err := note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", b.signer.Name(), size, root)}, b.signer)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func (b *book) request(old, size int64) Request {
	r := Request{Old: old, Checkpoint: b.checkpoint(size)}
	if old > 0 && old < size {
		proof, err := tlog.ProveTree(size, old, b.reader())
		if err != nil {
			panic(err)
		}
		r.Proof = proof
	}
	return r
}

// stand is a witness that knows one log.
func stand(t testing.TB, vkeys ...string) *Witness {
	t.Helper()
	dir := t.TempDir()
	if _, err := Init(dir, "witness.example.org/w1", clock); err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, k := range vkeys {
		text += "log " + k + "\n"
	}
	if err := os.WriteFile(filepath.Join(dir, logsFile), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, dir)
}

func open(t testing.TB, dir string) *Witness {
	t.Helper()
	w, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *Witness) must(t testing.TB, r Request) Answer {
	t.Helper()
	a, err := w.Add(r.String())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestACosignatureIsTheOneOfTheSpecification(t *testing.T) {
	var v struct {
		Own struct {
			Seed    string `json:"witness_seed_hex"`
			Witness string `json:"witness_vkey"`
			Log     string `json:"log_vkey"`
			Note    string `json:"checkpoint"`
		} `json:"own_checkpoint"`
	}
	text, err := os.ReadFile(testkit.Shared(t, "vectors/signed_note_checkpoint.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	p, err := ParsePolicy("log " + v.Own.Log + "\nwitness w " + v.Own.Witness + "\nquorum w\n")
	if err != nil {
		t.Fatal(err)
	}
	list, met := p.Cosignatures(v.Own.Note)
	if !met || len(list) != 1 || list[0].At.Unix() != 1790000000 {
		t.Fatalf("the vector gives %v, %t", list, met)
	}
	if h, err := OpenHead(v.Own.Note, v.Own.Log); err != nil || h.Size != 8 {
		t.Errorf("the head: %+v, %v", h, err)
	}
	c := fromSeed(t, v.Own.Seed, "witness.example.org/w1")
	if c.Verifier() != v.Own.Witness {
		t.Errorf("the key is %s, the vector's %s", c.Verifier(), v.Own.Witness)
	}
	head, _, _ := strings.Cut(v.Own.Note, "\n\n")
	signed, err := note.Sign(&note.Note{Text: head + "\n"}, c)
	if err != nil || !strings.HasSuffix(string(signed), list[0].Line) {
		t.Errorf("signing gives %s, %v", signed, err)
	}
}

func TestAWitnessFollowsALogAndGivesWhatOthersCanVerify(t *testing.T) {
	b := newBook(t, origin)
	b.grow(300, "true")
	w := stand(t, b.vkey)
	p, err := ParsePolicy("witness 司法局 " + w.Verifier() + "\nquorum 司法局\n")
	if err != nil {
		t.Fatal(err)
	}
	old := int64(0)
	for _, size := range []int64{0, 0, 1, 1, 2, 7, 8, 255, 256, 257, 300} {
		a := w.must(t, b.request(old, size))
		list, met := p.Cosignatures(b.checkpoint(size) + a.Lines)
		if a.Status != http.StatusOK || !met || list[0].Line != a.Lines || list[0].At != began.UTC() {
			t.Fatalf("from %d to %d: %+v, %v", old, size, a, list)
		}
		old = size
		w = open(t, w.dir) // what was answered is on the disk
	}
	latest, err := w.Latest(OriginHash(origin))
	if err != nil || !strings.HasPrefix(latest, strings.TrimSuffix(b.checkpoint(300), "\n")) {
		t.Errorf("the latest is %s, %v", latest, err)
	}
}

func TestAThousandForksAndRollbacksAreRefused(t *testing.T) {
	b := newBook(t, origin)
	b.grow(700, "true")
	random := rand.New(rand.NewPCG(1, 2))
	w := stand(t, b.vkey)
	w.must(t, b.request(0, 1))
	for i := range 1000 {
		size := 1 + random.Int64N(b.leaves-1)
		if err := os.WriteFile(w.heads.path(OriginHash(origin)), []byte(b.checkpoint(size)), 0o600); err != nil {
			t.Fatal(err)
		}
		f := b.fork(random.Int64N(size))
		f.grow(size-f.leaves+random.Int64N(40), "forged")
		var r Request
		want := []int{http.StatusUnprocessableEntity}
		switch kind := random.IntN(5); {
		case kind == 0 && size > 1: // an older head as if it were new
			r, want = b.request(random.Int64N(size), random.Int64N(size)), []int{http.StatusConflict, http.StatusBadRequest}
		case kind == 1: // the fork as a first acquaintance
			r, want = f.request(0, f.leaves), []int{http.StatusConflict}
		case kind == 2: // the fork with the proof of its own history
			r = f.request(size, f.leaves)
		case kind == 3: // the fork with the proof of the true one
			r = f.request(size, f.leaves)
			r.Proof = b.request(size, b.leaves).Proof
		default: // a proof with a flipped bit
			r = b.request(size, b.leaves)
			h := &r.Proof[random.IntN(len(r.Proof))]
			h[random.IntN(len(h))] ^= 1 << random.IntN(8)
		}
		a := w.must(t, r)
		ok := false
		for _, status := range want {
			ok = ok || a.Status == status
		}
		if !ok || a.Lines != "" {
			t.Fatalf("%d: from %d to a fork of %d: %+v, want %v", i, size, f.leaves, a, want)
		}
		if a.Status == http.StatusConflict && a.Size != size {
			t.Fatalf("%d: the conflict says %d, the witness has %d", i, a.Size, size)
		}
		if now := w.size(t); now != size {
			t.Fatalf("%d: the refusal moved the witness from %d to %d", i, size, now)
		}
		if i%20 > 0 {
			continue
		}
		if a := w.must(t, b.request(size, b.leaves)); a.Status != http.StatusOK {
			t.Fatalf("%d: afterwards the true log got %+v", i, a)
		}
	}
}

func TestEveryRequestGetsTheAnswerOfTheProtocol(t *testing.T) {
	b, stranger := newBook(t, origin), newBook(t, "mingjing/other")
	b.grow(20, "true")
	stranger.grow(3, "true")
	impostor := newBook(t, origin)
	impostor.grow(20, "true")
	good := b.request(5, 20)
	mangled := good
	mangled.Checkpoint = strings.Replace(good.Checkpoint, "\n20\n", "\n19\n", 1)
	cases := map[string]struct {
		text   string
		status int
	}{
		"an extension":                     {good.String(), 200},
		"an empty request":                 {"", 400},
		"no old line":                      {"\n" + good.Checkpoint, 400},
		"a leading zero":                   {strings.Replace(good.String(), "old 5", "old 05", 1), 400},
		"a sign":                           {strings.Replace(good.String(), "old 5", "old +5", 1), 400},
		"a size beyond all":                {strings.Replace(good.String(), "old 5", "old 99999999999999999999", 1), 400},
		"a blank after the size":           {strings.Replace(good.String(), "old 5", "old 5 ", 1), 400},
		"carriage returns":                 {strings.ReplaceAll(good.String(), "\n", "\r\n"), 400},
		"a proof line that is no base64":   {strings.Replace(good.String(), "old 5\n", "old 5\n???\n", 1), 400},
		"a proof line of 31 bytes":         {strings.Replace(good.String(), "old 5\n", "old 5\n"+strings.Repeat("A", 42)+"==\n", 1), 400},
		"64 proof lines":                   {Request{Old: 5, Proof: make([]tlog.Hash, 64), Checkpoint: good.Checkpoint}.String(), 400},
		"63 proof lines":                   {Request{Old: 5, Proof: make([]tlog.Hash, 63), Checkpoint: good.Checkpoint}.String(), 422},
		"no checkpoint":                    {"old 5\n\n", 400},
		"no signature":                     {"old 5\n\n" + strings.SplitAfter(good.Checkpoint, "\n\n")[0], 400},
		"a cut checkpoint":                 {strings.TrimSuffix(good.String(), "\n"), 400},
		"a larger old size":                {b.request(21, 20).String(), 400},
		"an unknown log":                   {stranger.request(0, 3).String(), 404},
		"another key of the same name":     {impostor.request(5, 20).String(), 403},
		"a changed text under a signature": {mangled.String(), 403},
		"another old size":                 {b.request(4, 20).String(), 409},
		"a first acquaintance":             {b.request(0, 20).String(), 409},
		"the same again":                   {b.request(5, 5).String(), 200},
		"the same with a proof":            {Request{Old: 5, Proof: good.Proof, Checkpoint: b.checkpoint(5)}.String(), 422},
		"no proof":                         {Request{Old: 5, Checkpoint: good.Checkpoint}.String(), 422},
	}
	for name, c := range cases {
		w := stand(t, b.vkey)
		w.must(t, b.request(0, 5))
		server := httptest.NewServer(w.Handler(slog.New(slog.DiscardHandler)))
		res, err := http.Post(server.URL+"/add-checkpoint", "", strings.NewReader(c.text))
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		if res.StatusCode != c.status {
			t.Errorf("%s: %d, want %d: %s", name, res.StatusCode, c.status, body)
		}
		if c.status == 409 && (res.Header.Get("Content-Type") != "text/x.tlog.size" || string(body) != "5\n") {
			t.Errorf("%s: %q as %s", name, body, res.Header.Get("Content-Type"))
		}
		server.Close()
	}
	w := stand(t, b.vkey)
	if a := w.must(t, Request{Checkpoint: strings.Replace(b.checkpoint(0), emptyRoot().String(), emptyRoot().String(), 1)}); a.Status != 200 {
		t.Errorf("the empty log: %+v", a)
	}
	lying, err := note.Sign(&note.Note{Text: origin + "\n0\n" + tlog.RecordHash([]byte("x")).String() + "\n"}, b.signer)
	if err != nil {
		t.Fatal(err)
	}
	if a := w.must(t, Request{Checkpoint: string(lying)}); a.Status != 422 {
		t.Errorf("an empty log with another root: %+v", a)
	}
}

func TestOfManyRequestsAtOnceNoneRollsTheWitnessBack(t *testing.T) {
	b := newBook(t, origin)
	b.grow(200, "true")
	w := stand(t, b.vkey)
	second := open(t, w.dir) // a second process on the same folder
	var wait sync.WaitGroup
	var mu sync.Mutex
	signed := map[int64]int{} // how often each old size was extended to another
	for i := range 16 {
		wait.Go(func() {
			random := rand.New(rand.NewPCG(uint64(i), 7))
			mine := []*Witness{w, second}[i%2]
			old := int64(0)
			for range 12 {
				size := min(old+1+random.Int64N(9), 200)
				a, err := mine.Add(b.request(min(old, size), size).String())
				switch {
				case err != nil:
					t.Error(err)
				case a.Status == http.StatusConflict:
					old = a.Size
				case a.Status == http.StatusOK && size > old:
					mu.Lock()
					signed[old]++
					mu.Unlock()
					old = size
				}
			}
		})
	}
	wait.Wait()
	for old, n := range signed {
		if n > 1 {
			t.Errorf("%d was extended %d times", old, n)
		}
	}
}

// TestAKilledWitnessRemembersWhatItAnswered runs a witness in a process of its own and kills it again and again.
func TestAKilledWitnessRemembersWhatItAnswered(t *testing.T) {
	if dir := os.Getenv("WITNESS_DIR"); dir != "" {
		signer, err := note.NewSigner(os.Getenv("WITNESS_LOG"))
		if err != nil {
			t.Fatal(err)
		}
		b, w := &book{signer: signer}, open(t, dir)
		b.grow(1000, "true")
		for old := w.size(t); old < 1000; old++ {
			if a := w.must(t, b.request(old, old+1)); a.Status != http.StatusOK {
				t.Fatalf("%+v", a)
			}
			fmt.Printf("signed %d\n", old+1)
		}
		return
	}
	skey, vkey, err := note.GenerateKey(nil, origin)
	if err != nil {
		t.Fatal(err)
	}
	w := stand(t, vkey)
	random := rand.New(rand.NewPCG(3, 4))
	for range 12 {
		child := exec.Command(os.Args[0], "-test.run=^TestAKilledWitnessRemembersWhatItAnswered$")
		child.Env = append(os.Environ(), "WITNESS_DIR="+w.dir, "WITNESS_LOG="+skey)
		out := &strings.Builder{}
		child.Stdout = out
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(20+random.IntN(120)) * time.Millisecond)
		_ = child.Process.Kill()
		_ = child.Wait()
		said := int64(0)
		for _, line := range strings.Split(out.String(), "\n") {
			_, _ = fmt.Sscanf(line, "signed %d", &said)
		}
		if have := open(t, w.dir).size(t); have < said {
			t.Fatalf("after a kill the witness has %d and had answered %d", have, said)
		}
	}
}

func (w *Witness) size(t testing.TB) int64 {
	t.Helper()
	text, err := w.Latest(OriginHash(origin))
	if err != nil || text == "" {
		return 0
	}
	h, err := ReadHead(text)
	if err != nil {
		t.Fatalf("the kept checkpoint is damaged: %v", err)
	}
	return h.Size
}

func TestTheSameRequestGoesByFile(t *testing.T) {
	b := newBook(t, origin)
	b.grow(9, "true")
	w := stand(t, b.vkey)
	for _, c := range []struct {
		r      Request
		status int
	}{{b.request(0, 4), 200}, {b.request(3, 9), 409}, {b.request(4, 9), 200}, {b.fork(2).request(9, 2), 400}} {
		a := w.must(t, c.r)
		back, err := ParseAnswer(a.File())
		if err != nil || back.Status != c.status || back.Checkpoint != a.Checkpoint || back.Size != a.Size {
			t.Errorf("%d: %+v came back as %+v, %v", c.status, a, back, err)
		}
	}
	for _, text := range []string{"", "200", "200\n\n", "409\n\nmany\n", "0200\n\n" + b.checkpoint(3)} {
		if a, err := ParseAnswer(text); err == nil {
			t.Errorf("%q was read as %+v", text, a)
		}
	}
}

func TestAClientGetsTheAnswersOverTheNetwork(t *testing.T) {
	b := newBook(t, origin)
	b.grow(9, "true")
	w := stand(t, b.vkey)
	server := httptest.NewServer(w.Handler(slog.New(slog.DiscardHandler)))
	defer server.Close()
	ctx := context.Background()
	if text, err := Seen(ctx, server.Client(), server.URL, origin); err != nil || text != "" {
		t.Errorf("before the first: %q, %v", text, err)
	}
	for _, c := range []struct {
		r      Request
		status int
	}{{b.request(0, 4), 200}, {b.request(3, 9), 409}, {b.request(4, 9), 200}, {b.request(12, 9), 400}} {
		a, err := Submit(ctx, server.Client(), server.URL, c.r)
		if err != nil || a.Status != c.status || c.status == 409 && a.Size != 4 {
			t.Errorf("%+v, %v, want %d", a, err, c.status)
		}
	}
	if text, err := Seen(ctx, server.Client(), server.URL, origin); err != nil || !strings.Contains(text, "witness.example.org/w1") {
		t.Errorf("afterwards: %q, %v", text, err)
	}
}

func TestAKeyThatOthersMayReadOrThatIsDamagedIsNotUsed(t *testing.T) {
	b := newBook(t, origin)
	w := stand(t, b.vkey)
	path := filepath.Join(w.dir, keyFile)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Init(w.dir, "again", clock); err == nil {
		t.Error("a second key replaced the first")
	}
	for i := range text {
		broken := append([]byte{}, text...)
		broken[i] ^= 1
		if _, err := ParseCosigner(string(broken), clock); err == nil {
			t.Errorf("a flipped bit in byte %d went unnoticed", i)
		}
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(w.dir, clock); err == nil {
		t.Error("a key that everybody may read was used")
	}
}

func FuzzParseRequest(f *testing.F) {
	b := newBook(f, origin)
	b.grow(20, "true")
	f.Add(b.request(5, 20).String())
	f.Add(b.request(0, 3).String())
	f.Add("old 0\n\n")
	w := stand(f, b.vkey)
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ParseRequest(text)
		if err == nil && r.String() != text {
			t.Errorf("%q is read as %q", text, r.String())
		}
		a, err := w.Add(text)
		if err != nil || a.Status == http.StatusOK && !strings.Contains(text, origin) {
			t.Errorf("%q: %+v, %v", text, a, err)
		}
	})
}
