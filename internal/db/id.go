package db

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"time"
)

// crockford keeps ids sortable: its letters ascend in byte order and none is easily mistaken for another.
var crockford = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewID makes a sortable text id of 26 characters: 48 bits of the command's time in milliseconds, then 80 random bits,
// so that an id tells its age to nobody who cannot guess the rest.
func (t *Tx) NewID() string { return newID(t.now) }

func newID(now time.Time) string {
	var raw [16]byte
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(now.UnixMilli()))
	copy(raw[:6], ms[2:])
	_, _ = rand.Read(raw[6:]) // crypto/rand.Read never fails; it stops the program when the system has no randomness.
	return crockford.EncodeToString(raw[:])
}

// timeLayout is how instants are stored: UTC text that sorts as time does.
const timeLayout = "2006-01-02T15:04:05.000Z"

// Text writes an instant as it is stored; the zero time is the empty text.
func Text(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(timeLayout)
}

// Time reads a stored instant; the empty text is the zero time.
func Time(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return time.Parse(timeLayout, text)
}
