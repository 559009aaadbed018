package portal_test

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/leaf"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// line is what the test reads of an entry.
type line struct {
	Kind, Subject string
	Ref           map[string]string
	Actor         map[string]string
}

// log reads the public log as outsiders do: the bundle of entries under the newest checkpoint.
func (s *site) log(size int64) []line {
	s.Helper()
	w := s.get(fmt.Sprintf("/log/a1/tile/entries/000.p/%d", size))
	if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		s.Fatalf("the entries: %d, %v", w.Code, w.Header())
	}
	var list []line
	for raw := w.Body.Bytes(); len(raw) > 0; {
		n := 2 + int(binary.BigEndian.Uint16(raw))
		var l line
		s.must(json.Unmarshal(raw[2:n], &l))
		list, raw = append(list, l), raw[n:]
	}
	return list
}

func TestThePublicLogTellsOfEveryDecisionAndNamesNobody(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		waiting := s.owe("1", "对云杉养老服务中心的第一份决定", organisation)
		shown := s.publish("2", "对云杉养老服务中心的第二份决定", organisation)
		gone := s.publish("3", "对云杉养老服务中心的第三份决定", organisation)
		s.withdraw(gone)
		c, key := s.signed()
		head := s.get("/log/a1/checkpoint")
		if opened, err := ledger.OpenCheckpoint(head.Body.String(), key); err != nil || opened.Size != c.Size || strings.Contains(head.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("the head: %v, %v", head.Header(), err)
		}
		told := map[string]line{}
		var order []string
		for _, l := range s.log(c.Size) {
			if l.Actor["account"] != "a1" || len(l.Actor) != 1 {
				t.Errorf("%s names %v", l.Kind, l.Actor)
			}
			if l.Kind == "ROSTER" || l.Kind == "STATS" {
				text := s.get("/log/a1/list/" + l.Subject).Body.String()
				if l.Ref["content_sha256"] != journal.Digest(text) {
					t.Errorf("the list %s is not the one that the log says", l.Subject)
				}
				continue
			}
			order = append(order, l.Kind)
			told[l.Kind+" "+l.Subject] = l
		}
		if got := strings.Join(order, " "); got != "COMMIT COMMIT PUBLISH COMMIT PUBLISH WITHDRAW" {
			t.Errorf("the log says %s", got)
		}
		if l := told["COMMIT 2026-1"]; l.Ref["due_on"] != "2026-03-11" || l.Ref["class"] != "处罚" || len(l.Ref["commitment"]) != 64 || len(l.Ref) != 4 {
			t.Errorf("the blinded entry says %v", l.Ref)
		}
		p := told["PUBLISH "+shown]
		inner, _, err := s.room.Get(s.Context(), s.maker, shown)
		s.must(err)
		salt, digest := inner.Opening()
		if p.Ref["commit"] != "2026-2" || told["COMMIT 2026-2"].Ref["commitment"] != leaf.Commitment(must(hex.DecodeString(salt)), []byte(digest)) {
			t.Errorf("the publication is not the decision that was counted: %v", p.Ref)
		}
		// With the salt or the hash of the full text anybody could try names until they fit what redaction took out.
		for _, address := range []string{"/p/" + shown, "/p/" + shown + "/entry", "/register", "/api/v1/register?agency=a1&year=2026", "/api/v1/publications/" + shown, fmt.Sprintf("/log/a1/tile/entries/000.p/%d", c.Size)} {
			if text := s.get(address).Body.String(); strings.Contains(text, salt) || strings.Contains(text, digest) {
				t.Errorf("%s gives away what opens the commitment", address)
			}
		}
		var page public.Publication
		s.must(json.Unmarshal(s.get("/api/v1/publications/"+shown).Body.Bytes(), &struct {
			*public.Publication
			Agency_name, Party_name, Decided_on *string
		}{&page, &page.AgencyName, &page.PartyName, &page.DecidedOn}))
		if public.ContentHash(page) != p.Ref["content_sha256"] {
			t.Errorf("the page has the hash %s, the log says %s", public.ContentHash(page), p.Ref["content_sha256"])
		}
		if w := told["WITHDRAW "+gone]; w.Ref["ground"] != "撤销" || w.Ref["reason"] == "" || w.Ref["document"] == "" {
			t.Errorf("the withdrawal says %v", w.Ref)
		}
		proof, entry := s.get("/p/"+shown+"/proof"), s.get("/p/"+shown+"/entry")
		if _, err := ledger.VerifyProof(proof.Body.String(), entry.Body.Bytes(), key); err != nil {
			t.Errorf("the proof: %v", err)
		}
		for _, address := range []string{"/p/" + waiting + "/proof", "/log/a2/checkpoint", "/log/a1/tile/0/001", "/log/a1/tile/entries/../../checkpoint", "/log/a1/list/board"} {
			if w := s.get(address); w.Code == http.StatusOK {
				t.Errorf("%s answers %d", address, w.Code)
			}
		}
	})
}

// head is the account of a head of the agency, who approves that something stays hidden.
func (s *site) head() string {
	s.Helper()
	var made access.Account
	s.must(s.d.Write(s.Context(), "a1", func(tx *db.Tx) (err error) {
		made, err = access.Create(tx, access.Founding("a1"), access.NewAccount{Agency: "a1", Login: "head", Name: "负责人", Unit: "u1", Roles: []string{access.RoleApprover}})
		return err
	}))
	return made.ID
}

func TestWhatIsWithheldAndComesBackStandsInTheLogByItsNumberOnly(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		id := s.owe("1", "对云杉养老服务中心的决定", organisation)
		head := s.head()
		s.must(s.room.Withhold(s.Context(), s.maker, id, disclosure.Withholding{Ground: "商业秘密", Approver: head}))
		s.must(s.room.Restore(s.Context(), s.maker, id, disclosure.Restoration{Document: "示民密〔2026〕1号", Reason: "解密", Approver: head}))
		c, _ := s.signed()
		for _, l := range s.log(c.Size) {
			if l.Kind == "WITHHOLD" && (l.Subject != "2026-1" || l.Ref["ground"] != "商业秘密") || l.Kind == "RESTORE" && l.Subject != "2026-1" || strings.Contains(fmt.Sprint(l), id) {
				t.Errorf("the log says %+v", l)
			}
		}
	})
}
