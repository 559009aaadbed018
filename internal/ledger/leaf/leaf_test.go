package leaf

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
)

// leafTexts are leaves in their canonical form and the ways in which a text may be nearly one.
func leafTexts() []string {
	l := Leaf{Actor: Actor{Account: "a-1", Role: "handler", OnBehalf: "a-2"}, Agency: "bureau", Commit: "00ff", ID: "01abc",
		Kind: "case.opened", Occurred: "2026-01-02T03:04:05.000Z", Recorded: "2026-01-02T03:04:05.000Z",
		Ref: map[string]string{"number": "四民罚立字〔2026〕1号", "a": "\"\\\n\x01", "é": "x"}, Seq: 120, Subject: "s", SubjectKind: "case"}
	full := string(l.Encode())
	l.Ref, l.Actor = nil, Actor{Account: "a-1"}
	plain := string(l.Encode())
	list := []string{full, plain, "", "{}", full + " ", plain[:len(plain)-1], `{"actor":{"account":"\`}
	for _, change := range [][2]string{{`"seq":120`, `"seq":0120`}, {`"seq":120`, `"seq":0`}, {`"seq":120`, `"seq":-1`}, {`"a-1"`, `"\u0061-1"`},
		{`\n`, `\u000a`}, {`\u0001`, "\x01"}, {`,"for":"a-2"`, `,"for":""`}, {`,"role":"handler"`, `,"role":""`}, {`"a":"`, `"zz":"`}, {`"number":`, `"a":`},
		{`"ref":{`, `"ref":{}`}, {`"v":1`, `"v":2`}, {`四民`, "\xff"}, {`"kind":"`, "\"kind\":\"\x7f"}, {`"agency":`, `"agency": `}} {
		list = append(list, strings.Replace(full, change[0], change[1], 1), strings.Replace(plain, change[0], change[1], 1))
	}
	return list
}

func FuzzATextIsCanonicalWhenEncodingItAgainGivesIt(f *testing.F) {
	for _, text := range leafTexts() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Parse(text)
		want := err == nil && string(l.Encode()) == text
		got, canonical := ParseCanonical(text)
		if canonical != want {
			t.Fatalf("canonical %v, want %v: %q", canonical, want, text)
		}
		if got.Ref = l.Ref; canonical && string(got.Encode()) != text {
			t.Fatalf("read otherwise: %+v of %q", got, text)
		}
	})
}

func TestACommitmentIsCheckedAsItIsMade(t *testing.T) {
	for _, size := range []int{0, 1, 32, 55, 64, 200, 5000} {
		salt, body := []byte(strings.Repeat("k", 32)), []byte(strings.Repeat("案", size))
		mac := hmac.New(sha256.New, salt)
		mac.Write(body)
		want := hex.EncodeToString(mac.Sum(nil))
		text := []byte(hex.EncodeToString(salt))
		if !Commits(text, body, want) {
			t.Errorf("the commitment to %d bytes is not recognised", len(body))
		}
		for name, wrong := range map[string]bool{
			"another body": Commits(text, append(body, 'x'), want), "another salt": Commits(text[2:], body, want),
			"capital letters": Commits(bytes.ToUpper(text), body, want), "no hexadecimal": Commits(append([]byte("zz"), text[2:]...), body, want),
			"a long salt": Commits(bytes.Repeat(text, 4), body, want), "capital commitment": Commits(text, body, strings.ToUpper(want)),
		} {
			if wrong {
				t.Errorf("%s is accepted for %d bytes", name, len(body))
			}
		}
	}
}
