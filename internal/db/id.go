package db

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"sync"
	"time"
)

// crockford keeps ids sortable: its letters ascend in byte order and none is easily mistaken for another.
var crockford = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewID makes a sortable text id of 26 characters: 48 bits of the command's time in milliseconds, then 80 random bits,
// so that an id tells its age to nobody who cannot guess the rest. Ids that one store handle makes ascend, within one
// command and while a clock stands still too: "the latest review" and "the papers in their order" are asked by id.
func (t *Tx) NewID() string { return t.db.ids.next(t.now) }

// idSource makes the ids of one handle. Within a millisecond, or when a clock was set back, the next id is the last one
// plus a random step.
type idSource struct {
	mu   sync.Mutex
	ms   uint64
	high uint16 // the upper 16 of the 80 random bits
	low  uint64
}

func (s *idSource) next(now time.Time) string {
	var random [10]byte
	_, _ = rand.Read(random[:]) // crypto/rand.Read never fails; it stops the program when the system has no randomness.
	high, low := binary.BigEndian.Uint16(random[:2]), binary.BigEndian.Uint64(random[2:])
	s.mu.Lock()
	defer s.mu.Unlock()
	if ms := uint64(now.UnixMilli()); ms > s.ms {
		// The top bit stays clear, so that 2^32 steps of 32 bits never run over within one millisecond.
		s.ms, s.high, s.low = ms, high&0x7fff, low
	} else {
		before := s.low
		s.low += low>>32 + 1
		if s.low < before {
			s.high++
		}
	}
	var raw [16]byte
	binary.BigEndian.PutUint64(raw[:8], s.ms<<16|uint64(s.high))
	binary.BigEndian.PutUint64(raw[8:], s.low)
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
