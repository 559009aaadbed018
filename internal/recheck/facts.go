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
	versions             []version
	recorded             string    // when the last act on what the public reads was recorded
	effective            string    // legal day on which service by announcement was completed
	ended                string    // legal day on which its period was over
	withheld             string    // legal day on which it was withheld
	place                int64     // number of the last entry of the public log that made its text public; -1 where there is none
	fell                 *fall     // nil while nothing is said of its decision's fall or of its withdrawal
	told                 []telling // content hashes as the public log has them
}

// version is what the event says of one public version.
type version struct {
	number                                                            int64
	content, redaction, maker, checker, recorded, day, reason, blocks string
}

// telling is what the public log says of one version.
type telling struct {
	number int64
	hashes string
}

// version is what the event says of a version; nil where there is none.
func (p *life) version(number int64) *version {
	for i := range p.versions {
		if p.versions[i].number == number {
			return &p.versions[i]
		}
	}
	return nil
}

// say takes what an event says of a version; a later event replaces an earlier one.
func (p *life) say(v version) {
	if was := p.version(v.number); was != nil {
		*was = v
		return
	}
	p.versions = append(p.versions, v)
}

// hashes are those that the public log told of a version; it tells a later one last.
func (p *life) hashes(number int64) (hashes string, told bool) {
	for _, t := range p.told {
		if t.number == number {
			hashes, told = t.hashes, true
		}
	}
	return hashes, told
}

// commitment is a blinded entry as its event has it.
type commitment struct {
	publication, class, decided, due, commitment string
	told                                         string // the commitment as the public log has it
	extended                                     string // the last day to which the public log extended it
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
		c := r.entry(h.agency + "/" + l.ref.of("year") + "/" + l.ref.of("seq"))
		c.publication, c.commitment = strings.Clone(l.subject), strings.Clone(l.ref.of("commitment"))
		c.class, c.decided, c.due = r.once(l.ref.of("class")), r.once(l.ref.of("decided_on")), r.once(l.ref.of("due_on"))
		return
	case l.kind == "disclosure.withdrawal_due":
		f := r.life(l.ref.of("publication")).fall()
		f.on, f.due, f.ground, f.told = r.once(l.ref.of("fallen_on")), r.once(l.ref.of("due_on")), r.once(l.ref.of("ground")), r.once(shanghai(l.recorded))
		return
	case l.kind == "publication.batch_published":
		r.lotFact(h, l)
		return
	case room == "publication":
		r.publicationFact(l, body)
		return
	}
	r.handFact(h, l)
	if verdicts[l.kind] {
		r.rounds[strings.Clone(l.ref.of("review"))] = roundEvidence{r.once(l.ref.of("verdict")), r.once(l.account), r.once(shanghai(l.occurred))}
	}
	decides := l.kind == "decision.made" || l.kind == "case.not_punished"
	for _, one := range l.ref {
		id, document := strings.CutPrefix(one.name, "doc.")
		if !document {
			continue
		}
		raw, err := hex.DecodeString(one.value)
		if err != nil || len(raw) != 32 {
			r.wrong("DC-2", h.agency, h.where(l.seq), "事件所记的文书哈希不能读取")
			continue
		}
		e := evidence{hash: digest(raw)}
		if decides {
			e.day, e.event = r.once(shanghai(l.occurred)), r.name(h.agency, strconv.FormatInt(l.seq, 10))
			r.made[e.event] = l.seq
		}
		r.papers[r.name("document", id)] = e
	}
}

// once gives one copy of a text that many events say, apart from the leaf in which it was read.
func (r *run) once(text string) string {
	kept, known := r.texts[text]
	if !known {
		kept = strings.Clone(text)
		r.texts[kept] = kept
	}
	return kept
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
		r.lives[strings.Clone(id)] = &life{published: -1, corrected: -1, place: -1}
	}
	return r.lives[id]
}

// fall is what the events say of a publication's end.
func (p *life) fall() *fall {
	if p.fell == nil {
		p.fell = &fall{}
	}
	return p.fell
}

// publicFact takes what an agency's public log says.
func (r *run) publicFact(agency string, l leaf) {
	switch l.kind {
	case "COMMIT":
		r.entry(agency + "/" + strings.Replace(l.subject, "-", "/", 1)).told = l.ref.of("commitment") + l.ref.of("class") + l.ref.of("decided_on") + l.ref.of("due_on")
	case "WITHDRAW":
		r.life(l.subject).fall().public = toldDown(l.ref.of("fallen_on"), l.ref.of("withdrawn_on"), l.ref.of("late"), l.ref.of("ground"))
	case "EXTEND":
		r.entry(agency + "/" + strings.Replace(l.subject, "-", "/", 1)).extended = l.ref.of("due_on")
	case "PUBLISH", "CORRECT":
		p := r.life(l.subject)
		n, _ := strconv.ParseInt(l.ref.of("version"), 10, 64) // a version that is no number is held against none
		p.place, p.told = l.seq, append(p.told, telling{n, l.ref.of("content_sha256") + l.ref.of("redaction_sha256")})
	}
}

func (r *run) publicationFact(l leaf, body []byte) {
	id := l.ref.of("publication")
	if id == "" {
		return
	}
	p := r.life(id)
	day, recorded := r.once(shanghai(l.recorded)), strings.Clone(l.recorded)
	v := version{number: 1, content: strings.Clone(l.ref.of("content_sha256")), redaction: strings.Clone(l.ref.of("redaction_sha256")), maker: r.once(l.ref.of("maker")), checker: r.once(l.ref.of("checker")),
		recorded: recorded, day: day, blocks: strings.Clone(l.ref.of("blocks_sha256"))}
	switch l.kind {
	case "publication.published":
		p.published, p.recorded = l.seq, recorded
		p.say(v)
	case "publication.corrected":
		var said struct {
			Reason string `json:"reason"`
		}
		_ = json.Unmarshal(body, &said) // a payload that is no object holds no reason
		v.reason = said.Reason
		v.number, _ = strconv.ParseInt(l.ref.of("version"), 10, 64) // a version that is no number is held against none
		p.corrected, p.recorded = l.seq, recorded
		p.say(v)
	case "publication.withdrawn":
		p.recorded = recorded
		f := p.fall()
		f.downOn, f.late, f.why = day, r.once(l.ref.of("late")), r.once(l.ref.of("ground"))
	case "publication.expired":
		p.recorded, p.ended = recorded, day
	case "publication.effective":
		p.recorded, p.effective = recorded, day
	case "publication.withheld":
		p.withheld = day
	}
}
