package recheck

import (
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
)

// evidence is what the events say of a document.
type evidence struct {
	hash  digest
	event uint64 // the event that makes a decision with it; 0 where none does
	day   string // legal day of that event
}

// life is what the events say of a publication.
type life struct {
	published, corrected int64 // numbers of the events; -1 where there is none
	versions             map[int64]version
	recorded             string           // when the last act on what the public reads was recorded
	effective            string           // legal day on which service by announcement was completed
	ended                string           // legal day on which its period was over
	withheld             string           // legal day on which it was withheld
	place                int64            // number of the last entry of the public log that made its text public; -1 where there is none
	told                 map[int64]string // content hashes as the public log has them
}

// version is what the event says of one public version.
type version struct {
	content, redaction, maker, checker, recorded, day, reason, blocks string
}

// commitment is a blinded entry as its event has it.
type commitment struct {
	publication, class, decided, due, commitment string
	told                                         string // the commitment as the public log has it
	seen                                         bool
}

// roundEvidence is the event of a verdict.
type roundEvidence struct{ verdict, account, day string }

// verdicts are the events that close a round of review with an opinion.
var verdicts = map[string]bool{"review.passed": true, "review.amended": true, "review.returned": true, "review.refused": true}

// facts takes from an event what is held against the rows later.
func (r *run) facts(h *head, l leaf, body []byte) {
	if agency, public := strings.CutSuffix(h.agency, "/public"); public {
		r.publicFact(agency, l)
		return
	}
	room, _, _ := strings.Cut(l.kind, ".")
	switch {
	case l.kind == "ledger.bound":
		if body != nil {
			r.words(h, l, body)
		}
		return
	case l.kind == "disclosure.committed":
		c := r.entry(h.agency + "/" + l.ref["year"] + "/" + l.ref["seq"])
		c.publication, c.class, c.decided, c.due, c.commitment = l.subject, l.ref["class"], l.ref["decided_on"], l.ref["due_on"], l.ref["commitment"]
		return
	case l.kind == "publication.batch_published":
		r.lotFact(h, l)
		return
	case room == "publication":
		r.publicationFact(l, body)
		return
	}
	if verdicts[l.kind] {
		r.rounds[l.ref["review"]] = roundEvidence{l.ref["verdict"], l.account, shanghai(l.occurred)}
	}
	decides := l.kind == "decision.made" || l.kind == "case.not_punished"
	for name, value := range l.ref {
		id, document := strings.CutPrefix(name, "doc.")
		if !document {
			continue
		}
		raw, err := hex.DecodeString(value)
		if err != nil || len(raw) != 32 {
			r.wrong("DC-2", h.agency, h.where(l.seq), "事件所记的文书哈希不能读取")
			continue
		}
		e := evidence{hash: digest(raw)}
		if decides {
			e.day, e.event = shanghai(l.occurred), r.name(h.agency, strconv.FormatInt(l.seq, 10))
			r.made[e.event] = l.seq
		}
		r.papers[r.name("document", id)] = e
	}
}

// entry is what the events say of a blinded entry.
func (r *run) entry(name string) *commitment {
	if r.open[name] == nil {
		r.open[name] = &commitment{}
	}
	return r.open[name]
}

func (r *run) life(id string) *life {
	if r.lives[id] == nil {
		r.lives[id] = &life{published: -1, corrected: -1, place: -1, versions: map[int64]version{}, told: map[int64]string{}}
	}
	return r.lives[id]
}

// publicFact takes what an agency's public log says.
func (r *run) publicFact(agency string, l leaf) {
	switch l.kind {
	case "COMMIT":
		r.entry(agency + "/" + strings.Replace(l.subject, "-", "/", 1)).told = l.ref["commitment"] + l.ref["class"] + l.ref["decided_on"] + l.ref["due_on"]
	case "PUBLISH", "CORRECT":
		p := r.life(l.subject)
		n, _ := strconv.ParseInt(l.ref["version"], 10, 64) // a version that is no number is held against none
		p.place, p.told[n] = l.seq, l.ref["content_sha256"]+l.ref["redaction_sha256"]
	}
}

func (r *run) publicationFact(l leaf, body []byte) {
	id := l.ref["publication"]
	if id == "" {
		return
	}
	p := r.life(id)
	day := shanghai(l.recorded)
	v := version{content: l.ref["content_sha256"], redaction: l.ref["redaction_sha256"], maker: l.ref["maker"], checker: l.ref["checker"], recorded: l.recorded, day: day, blocks: l.ref["blocks_sha256"]}
	switch l.kind {
	case "publication.published":
		p.published, p.recorded, p.versions[1] = l.seq, l.recorded, v
	case "publication.corrected":
		var said struct {
			Reason string `json:"reason"`
		}
		_ = json.Unmarshal(body, &said) // a payload that is no object holds no reason
		v.reason = said.Reason
		n, _ := strconv.ParseInt(l.ref["version"], 10, 64) // a version that is no number is held against none
		p.corrected, p.recorded, p.versions[n] = l.seq, l.recorded, v
	case "publication.withdrawn":
		p.recorded = l.recorded
	case "publication.expired":
		p.recorded, p.ended = l.recorded, day
	case "publication.effective":
		p.recorded, p.effective = l.recorded, day
	case "publication.withheld":
		p.withheld = day
	}
}
