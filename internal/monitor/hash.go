package monitor

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// text is a publication as the API gives it.
type text struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Number      string `json:"number"`
	AgencyName  string `json:"agency_name"`
	PartyName   string `json:"party_name"`
	Result      string `json:"result"`
	Basis       string `json:"basis"`
	DecidedOn   string `json:"decided_on"`
	State       string `json:"state"`
	Body        string `json:"body"`
	WithdrawnOn string `json:"withdrawn_on"`
	Ground      string `json:"ground"`
	Document    string `json:"ground_document"`
	Reason      string `json:"reason"`
	ReplacedBy  string `json:"replaced_by"`
	ContentHash string `json:"content_hash"`
}

// hash is the SHA-256 of what the publication says: seven fields, a line each, then the body.
func (t text) hash() string {
	h := sha256.New()
	for _, field := range []string{t.Title, t.Number, t.AgencyName, t.PartyName, t.Result, t.Basis, t.DecidedOn} {
		h.Write([]byte(strings.ReplaceAll(field, "\n", " ") + "\n"))
	}
	h.Write([]byte(t.Body))
	return hex.EncodeToString(h.Sum(nil))
}

// opens tells whether salt and hash open the commitment of a decision: HMAC-SHA256 under the salt.
func opens(salt, hash, commitment string) bool {
	key, err := hex.DecodeString(salt)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(hash))
	return err == nil && hex.EncodeToString(mac.Sum(nil)) == commitment
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// squeeze drops every blank, so that layout does not count.
func squeeze(text string) string { return strings.Join(strings.Fields(text), "") }

// lineLength is from how many characters on a line of a text is its own, and not a number, a name or a heading.
const lineLength = 16

// lines are the fingerprints of the lines of a text that are long enough to be known again.
func lines(body string) (list []string) {
	for _, line := range strings.Split(body, "\n") {
		if line = squeeze(line); len([]rune(line)) >= lineLength {
			list = append(list, digest(line)[:16])
		}
	}
	return list
}

// words are some characters out of the longest line of a text, by which the search would find it.
func words(body, known string) string {
	longest := ""
	for _, line := range strings.FieldsFunc(body, func(r rune) bool { return strings.ContainsRune("\n，。；：、（）《》〔〕　 \t\"“”", r) }) {
		if len(line) > len(longest) && !strings.Contains(known, line) {
			longest = line
		}
	}
	r := []rune(longest)
	if len(r) < 6 {
		return ""
	}
	return string(r[:min(len(r), 12)])
}
