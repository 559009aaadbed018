package quorum

import (
	"bytes"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"time"

	"github.com/digitorus/pkcs7"
	"github.com/digitorus/timestamp"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/workday"
)

// Stamp is a token of a time-stamp authority over a checkpoint (RFC 3161): the checkpoint existed at that time, says somebody
// whose trade it is to know the time. What is stamped is the signed note of the checkpoint without cosignatures.
type Stamp struct {
	Size  int64
	At    time.Time // as the authority says
	TSA   string    // its address
	Token []byte    // DER; openssl ts -verify -in TOKEN -token_in -data CHECKPOINT reads it
}

const (
	// tokenLimit bounds what is read of an authority's answer; with its certificates it has some kilobytes.
	tokenLimit = 256 << 10
	// stampRetry is how long an authority that could not be had is left alone.
	stampRetry = 5 * time.Minute
	// StampLate is how old the newest stamp may grow before the administrators are told.
	StampLate = 48 * time.Hour
)

// StampDaily has the newest checkpoint of each log stamped when it has not been today.
func (k *Keeper) StampDaily(ctx context.Context) error {
	if k.d.Now().Before(k.notBefore) {
		return nil
	}
	var all []error
	for _, log := range k.o.Logs {
		all = append(all, k.stamp(ctx, log))
	}
	err := errors.Join(all...)
	if err != nil {
		k.notBefore = k.d.Now().Add(stampRetry)
	}
	return err
}

func (k *Keeper) stamp(ctx context.Context, log string) error {
	var r rules
	var text string
	var size int64
	due := false
	err := k.d.Read(ctx, func(tx *db.Tx) (err error) {
		if r, err = inForce(tx, log); err != nil || r.tsa == "" {
			return err
		}
		if text, err = ledger.Newest(tx, log); err != nil || text == "" {
			return err
		}
		var got string
		err = tx.Row(`SELECT COALESCE(max(at), ''), COALESCE(max(size), 0) FROM checkpoint_stamp WHERE agency = $1`, log).Scan(&got, &size)
		if err != nil || got == "" {
			due = err == nil
			return err
		}
		last, err := db.Time(got)
		due = err == nil && workday.DayOf(last) != workday.DayOf(tx.Now())
		return err
	})
	if err != nil || !due {
		return err
	}
	checked, err := ledger.OpenCheckpoint(text, k.log.Verifier(log))
	if err != nil || checked.Size == size {
		return err // nothing new since the last stamp
	}
	s, err := k.obtain(ctx, r.tsa, []byte(text))
	if err != nil {
		return fmt.Errorf("quorum: stamp of %s from %s: %w", log, r.tsa, err)
	}
	return k.d.Write(ctx, "quorum/"+log, func(tx *db.Tx) error {
		var n int
		if err := tx.Row(`SELECT count(*) FROM checkpoint_stamp WHERE agency = $1 AND size = $2`, log, checked.Size).Scan(&n); err != nil || n > 0 {
			return err
		}
		_, err := tx.Exec(`INSERT INTO checkpoint_stamp (agency, size, stamped, at, tsa, token) VALUES ($1, $2, $3, $4, $5, $6)`,
			log, checked.Size, db.Text(s.At), db.Text(tx.Now()), r.tsa, s.Token)
		return err
	})
}

// obtain asks an authority for a token over a text, and checks it before anybody relies on it.
func (k *Keeper) obtain(ctx context.Context, address string, text []byte) (Stamp, error) {
	nonce, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 64))
	if err != nil {
		return Stamp{}, err
	}
	query, err := timestamp.CreateRequest(bytes.NewReader(text), &timestamp.RequestOptions{Hash: crypto.SHA256, Certificates: true, Nonce: nonce})
	if err != nil {
		return Stamp{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(query))
	if err != nil {
		return Stamp{}, err
	}
	req.Header.Set("Content-Type", "application/timestamp-query")
	res, err := k.o.Client.Do(req)
	if err != nil {
		return Stamp{}, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, tokenLimit))
	if err != nil {
		return Stamp{}, err
	}
	if res.StatusCode != http.StatusOK {
		return Stamp{}, fmt.Errorf("status %d", res.StatusCode)
	}
	t, err := timestamp.ParseResponse(answer)
	if err != nil {
		return Stamp{}, err
	}
	if t.Nonce == nil || t.Nonce.Cmp(nonce) != 0 {
		return Stamp{}, errors.New("the token answers another request")
	}
	at, err := CheckStamp(t.RawToken, text, k.o.Roots)
	return Stamp{At: at, TSA: address, Token: t.RawToken}, err
}

// CheckStamp checks a token over a text: the digest, the signature, that its one signer may stamp time, and, where roots are
// given (PEM), that one of them stands behind the signer. It tells the time that the token says.
func CheckStamp(token, text, roots []byte) (time.Time, error) {
	t, err := timestamp.Parse(token)
	if err != nil {
		return time.Time{}, err
	}
	if sum := sha256.Sum256(text); t.HashAlgorithm != crypto.SHA256 || !bytes.Equal(t.HashedMessage, sum[:]) {
		return time.Time{}, errors.New("the token is over another text")
	}
	p7, err := pkcs7.Parse(token)
	if err != nil {
		return time.Time{}, err
	}
	signer := p7.GetOnlySigner()
	if signer == nil {
		return time.Time{}, errors.New("the token does not bring the certificate of its signer") // its signature would not be checked
	}
	stamps := false
	for _, usage := range signer.ExtKeyUsage {
		stamps = stamps || usage == x509.ExtKeyUsageTimeStamping
	}
	if !stamps {
		return time.Time{}, errors.New("the signer of the token may not stamp time")
	}
	options := x509.VerifyOptions{Intermediates: x509.NewCertPool(), CurrentTime: t.Time, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}}
	for _, c := range p7.Certificates {
		options.Intermediates.AddCert(c)
	}
	if len(roots) > 0 {
		options.Roots = x509.NewCertPool()
		if !options.Roots.AppendCertsFromPEM(roots) {
			return time.Time{}, errors.New("the roots hold no certificate")
		}
	}
	if err := p7.VerifyWithOpts(options); err != nil {
		return time.Time{}, err
	}
	return t.Time.UTC(), nil
}

// stampOver is the first stamp over a checkpoint that covers so many entries.
func stampOver(tx *db.Tx, log string, size int64) (*Stamp, error) {
	return oneStamp(tx, `agency = $1 AND size >= $2 ORDER BY size`, log, size)
}

// NewestStamp is the newest stamp of a log; nil where there is none.
func NewestStamp(tx *db.Tx, log string) (*Stamp, error) {
	return oneStamp(tx, `agency = $1 AND size >= $2 ORDER BY size DESC`, log, 0)
}

func oneStamp(tx *db.Tx, which, log string, size int64) (*Stamp, error) {
	var s Stamp
	var at string
	err := tx.Row(`SELECT size, stamped, tsa, token FROM checkpoint_stamp WHERE `+which+` LIMIT 1`, log, size).Scan(&s.Size, &at, &s.TSA, &s.Token)
	if db.IsMissing(err) {
		return nil, nil
	}
	if err == nil {
		s.At, err = db.Time(at)
	}
	if err != nil {
		return nil, fmt.Errorf("quorum: stamp of %s: %w", log, err)
	}
	return &s, nil
}

// StampOverdue tells since when a log whose configuration names a time-stamp authority has no newer stamp, where that is too long.
func StampOverdue(tx *db.Tx, log string) (since time.Time, overdue bool, err error) {
	r, err := inForce(tx, log)
	if err != nil || r.tsa == "" {
		return since, false, err
	}
	s, err := NewestStamp(tx, log)
	if err != nil {
		return since, false, err
	}
	since = r.since
	if s != nil && s.At.After(since) {
		since = s.At
	}
	return since, tx.Now().Sub(since) >= StampLate, nil
}
