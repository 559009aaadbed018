package password

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"mingjing/internal/refusal"
)

const (
	argonKeyLen  = 32
	argonSaltLen = 16
)

// Cost is what one password costs argon2id; the zero one is Standard. A house opened by a test may take less.
type Cost struct {
	Memory uint32 // KiB
	Time   uint32 // passes
}

// Standard is 19 MiB and two passes in one lane (OWASP Password Storage).
func Standard() Cost { return Cost{Memory: 19 << 10, Time: 2} }

const argonLanes = 1

func (c Cost) orStandard() Cost {
	if c == (Cost{}) {
		return Standard()
	}
	return c
}

// Min and Max bound a password in characters; the upper bound keeps hashing from being a burden.
const (
	Min = 10
	Max = 128
)

// Hash makes the stored form of a password at the standard cost.
func Hash(password string) string { return Cost{}.Hash(password) }

// Hash makes the stored form of a password. It costs some 30 ms and 19 MiB by the standard: never call it inside d.Write.
func (c Cost) Hash(password string) string {
	c = c.orStandard()
	var salt [argonSaltLen]byte
	_, _ = rand.Read(salt[:])
	b := base64.RawStdEncoding
	key := argon2.IDKey([]byte(password), salt[:], c.Time, c.Memory, argonLanes, argonKeyLen)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Time, argonLanes, b.EncodeToString(salt[:]), b.EncodeToString(key))
}

// Fits compares in constant time. An account without a password costs as much as one with.
func (c Cost) Fits(stored, password string) bool {
	salt, key, cost, err := decodeHash(stored)
	if err != nil {
		c = c.orStandard()
		argon2.IDKey([]byte(password), make([]byte, argonSaltLen), c.Time, c.Memory, argonLanes, argonKeyLen)
		return false
	}
	got := argon2.IDKey([]byte(password), salt, cost.time, cost.memory, cost.lanes, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1
}

type hashCost struct {
	memory, time uint32
	lanes        uint8
}

// decodeHash reads the parameters from the stored form, so that a later release may raise them.
func decodeHash(stored string) (salt, key []byte, cost hashCost, err error) {
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return nil, nil, cost, errors.New("not an argon2id hash")
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &cost.memory, &cost.time, &cost.lanes); err != nil {
		return nil, nil, cost, err
	}
	if cost.memory == 0 || cost.memory > 1<<20 || cost.time == 0 || cost.time > 16 || cost.lanes == 0 {
		return nil, nil, cost, errors.New("argon2id cost out of bounds")
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return nil, nil, cost, err
	}
	if key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return nil, nil, cost, err
	}
	if len(key) == 0 {
		return nil, nil, cost, errors.New("argon2id hash is empty")
	}
	return salt, key, cost, nil
}

// Check says in Chinese what is wrong with a chosen password (GB/T 22239—2019, 8.1.4.1: 复杂度要求).
func Check(login, password string) error {
	n := utf8.RuneCountInString(password)
	folded := strings.ToLower(password)
	switch {
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		return refusal.Field("password", "密码含有不能使用的字符。")
	case n < Min:
		return refusal.Field("password", fmt.Sprintf("密码至少%d个字符，现在是%d个。", Min, n))
	case n > Max:
		return refusal.Field("password", fmt.Sprintf("密码最多%d个字符。", Max))
	case login != "" && strings.Contains(folded, strings.ToLower(login)):
		return refusal.Field("password", "密码不能包含登录名。")
	case kindsOf(password) < 2:
		return refusal.Field("password", "密码须含字母、数字、其他字符中的至少两类。")
	case fewDifferent(password):
		return refusal.Field("password", "密码中不同的字符太少。")
	case common(folded):
		return refusal.Field("password", "这个密码太常见：一个常用词加数字或者符号，最先被人猜到。请换用几个不相干的词或者一句话。")
	}
	return nil
}

// common tells whether a password is one that everybody tries first: a usual word, written plainly or as p@ssw0rd, with nothing
// but digits and signs around it, or a run of the keyboard.
func common(folded string) bool {
	plain := func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}
	for _, text := range []string{folded, strings.NewReplacer("@", "a", "0", "o", "$", "s", "3", "e", "1", "i").Replace(strings.TrimRight(folded, "0123456789!@#$%^&*._-"))} {
		switch strings.Map(plain, text) {
		case "password", "passwd", "pass", "passwort", "admin", "administrator", "root", "user", "test", "guest", "login", "welcome", "letmein", "changeme", "iloveyou", "woaini", "mima",
			"qwerty", "qwertyuiop", "qwer", "asdf", "asdfgh", "asdfghjkl", "zxcvbn", "zxcvbnm", "qazwsx", "qazwsxedc", "abc", "abcd", "abcdef", "abcdefg", "aa", "a", "q", "mingjing", "siping":
			return true
		}
	}
	return false
}

func kindsOf(password string) int {
	var letter, digit, other int
	for _, r := range password {
		switch {
		case unicode.IsDigit(r):
			digit = 1
		case unicode.IsLetter(r):
			letter = 1
		default:
			other = 1
		}
	}
	return letter + digit + other
}

func fewDifferent(password string) bool {
	seen := map[rune]bool{}
	for _, r := range password {
		seen[r] = true
	}
	return len(seen) < 5
}
