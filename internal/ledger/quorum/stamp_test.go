package quorum

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/digitorus/timestamp"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// authority is a small time-stamp authority with its own root.
type authority struct {
	cert  *x509.Certificate
	root  *x509.Certificate
	key   *ecdsa.PrivateKey
	roots []byte
	clock func() time.Time
	asked int
	spoil func(*timestamp.Timestamp)
	down  bool
}

func newAuthority(t *testing.T, clock func() time.Time, usage x509.ExtKeyUsage) *authority {
	t.Helper()
	make := func(template, parent *x509.Certificate, signer *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey) {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if parent == nil {
			parent, signer = template, key
		}
		der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
		if err != nil {
			t.Fatal(err)
		}
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		return cert, key
	}
	from, to := time.Now().AddDate(-5, 0, 0), time.Now().AddDate(5, 0, 0)
	root, rootKey := make(&x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "测试根"}, NotBefore: from, NotAfter: to, IsCA: true,
		BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}, nil, nil)
	// RFC 3161, 2.3: the usage stands alone and is critical.
	value, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, map[x509.ExtKeyUsage]int{x509.ExtKeyUsageTimeStamping: 8, x509.ExtKeyUsageCodeSigning: 3}[usage]}})
	if err != nil {
		t.Fatal(err)
	}
	cert, key := make(&x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "测试时间戳"}, NotBefore: from, NotAfter: to, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: value}}}, root, rootKey)
	return &authority{cert: cert, root: root, key: key, roots: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root.Raw}), clock: clock}
}

func (a *authority) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.asked++
	body, _ := io.ReadAll(r.Body)
	req, err := timestamp.ParseRequest(body)
	if err != nil || a.down || r.Header.Get("Content-Type") != "application/timestamp-query" {
		http.Error(w, "no", http.StatusServiceUnavailable)
		return
	}
	ts := &timestamp.Timestamp{HashAlgorithm: req.HashAlgorithm, HashedMessage: req.HashedMessage, Time: a.clock().UTC().Truncate(time.Second), Nonce: req.Nonce, Policy: asn1.ObjectIdentifier{1, 2, 3},
		Certificates: []*x509.Certificate{a.root}, AddTSACertificate: true}
	if a.spoil != nil {
		a.spoil(ts)
	}
	out, err := ts.CreateResponseWithOpts(a.cert, a.key, crypto.SHA256)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_, _ = w.Write(out)
}

func (w *town) stamped(a *authority) *httptest.Server {
	w.Helper()
	server := httptest.NewServer(a)
	w.Cleanup(server.Close)
	w.must(w.d.Write(w.Context(), "a1", func(tx *db.Tx) error {
		return Configure(tx, "a1", []string{log}, ledger.Actor{Account: "system"}, "", server.URL)
	}))
	w.keeper.o.Roots = a.roots
	return server
}

func TestOnceADayTheNewestCheckpointIsStamped(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		a := newAuthority(t, w.clock.Now, x509.ExtKeyUsageTimeStamping)
		w.stamped(a)
		for day := range 3 {
			for range 4 {
				w.act(2)
				w.must(w.keeper.StampDaily(w.Context()))
				w.clock.Advance(2 * time.Hour)
			}
			if a.asked != day+1 {
				t.Fatalf("on day %d the authority was asked %d times", day, a.asked)
			}
			w.clock.Advance(16 * time.Hour)
		}
		s := w.state(1)
		if s.State != Unset || s.Stamp == nil || s.Stamp.Size != 2 || s.Stamp.TSA == "" {
			t.Fatalf("%+v", s)
		}
		c, _, err := noteOf(w, s.Stamp.Size)
		w.must(err)
		if at, err := CheckStamp(s.Stamp.Token, []byte(c), a.roots); err != nil || !at.Equal(s.Stamp.At) {
			t.Errorf("%v, %v", at, err)
		}
		openssl(t, s.Stamp.Token, c, a.roots)
		w.clock.Advance(24 * time.Hour)
		w.must(w.keeper.StampDaily(w.Context())) // the newest head is another than yesterday's
		asked := a.asked
		w.clock.Advance(24 * time.Hour)
		w.must(w.keeper.StampDaily(w.Context()))
		if a.asked != asked {
			t.Error("the same checkpoint was stamped twice")
		}
	})
}

func noteOf(w *town, size int64) (text string, at time.Time, err error) {
	err = w.d.Read(w.Context(), func(tx *db.Tx) (err error) {
		text, at, err = cosignedNote(tx, log, size)
		return err
	})
	return text, at, err
}

// openssl lets another program check the token.
func openssl(t *testing.T, token []byte, text string, roots []byte) {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Log("no openssl here")
		return
	}
	dir := t.TempDir()
	for name, data := range map[string][]byte{"token": token, "text": []byte(text), "roots": roots} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command("openssl", "ts", "-verify", "-in", filepath.Join(dir, "token"), "-token_in", "-data", filepath.Join(dir, "text"), "-CAfile", filepath.Join(dir, "roots")).CombinedOutput()
	if err != nil {
		t.Errorf("openssl: %v\n%s", err, out)
	}
}

func TestATokenThatProvesNothingIsNotKept(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		good := newAuthority(t, w.clock.Now, x509.ExtKeyUsageTimeStamping)
		other := newAuthority(t, w.clock.Now, x509.ExtKeyUsageTimeStamping)
		w.act(2)
		for name, c := range map[string]struct {
			a     *authority
			roots []byte
		}{
			"of an unknown authority":  {newAuthority(t, w.clock.Now, x509.ExtKeyUsageTimeStamping), other.roots},
			"by a key for other use":   {newAuthority(t, w.clock.Now, x509.ExtKeyUsageCodeSigning), nil},
			"over another text":        {&authority{cert: good.cert, root: good.root, key: good.key, roots: good.roots, clock: w.clock.Now, spoil: func(s *timestamp.Timestamp) { s.HashedMessage = make([]byte, 32) }}, nil},
			"to another request":       {&authority{cert: good.cert, root: good.root, key: good.key, roots: good.roots, clock: w.clock.Now, spoil: func(s *timestamp.Timestamp) { s.Nonce = big.NewInt(7) }}, nil},
			"without its certificate":  {&authority{cert: good.cert, root: good.root, key: good.key, roots: good.roots, clock: w.clock.Now, spoil: func(s *timestamp.Timestamp) { s.Certificates, s.AddTSACertificate = nil, false }}, nil},
			"signed by somebody else":  {&authority{cert: good.cert, root: good.root, key: other.key, roots: good.roots, clock: w.clock.Now}, nil},
			"of an authority at rest":  {&authority{cert: good.cert, root: good.root, key: good.key, roots: good.roots, clock: w.clock.Now, down: true}, nil},
			"from before the root was": {&authority{cert: good.cert, root: good.root, key: good.key, roots: good.roots, clock: func() time.Time { return w.clock.Now().AddDate(-30, 0, 0) }}, good.roots},
		} {
			w.stamped(c.a)
			if c.roots != nil {
				w.keeper.o.Roots = c.roots
			}
			if err := w.keeper.StampDaily(w.Context()); err == nil {
				t.Errorf("a token %s was kept", name)
			}
			asked := c.a.asked
			_ = w.keeper.StampDaily(w.Context())
			if c.a.asked != asked {
				t.Errorf("a token %s: the authority is asked without a pause", name)
			}
			w.clock.Advance(6 * time.Minute)
		}
		if s := w.state(1); s.Stamp != nil {
			t.Errorf("%+v", s.Stamp)
		}
		w.clock.Advance(49 * time.Hour)
		w.must(w.d.Read(w.Context(), func(tx *db.Tx) error {
			_, overdue, err := StampOverdue(tx, log)
			if !overdue {
				t.Error("nobody is told that the stamp is missing")
			}
			return err
		}))
		w.stamped(good)
		w.must(w.keeper.StampDaily(w.Context()))
		if s := w.state(1); s.Stamp == nil {
			t.Error("afterwards there is no stamp")
		}
	})
}
