package recheck

import "strings"

// judgement is one who gave a verdict on a text of a case or approved it: the person, and the one acted for.
type judgement struct {
	who    uint64 // the case and the account
	agency string
	where  string
}

// handFact takes from an event of a case who took a step of its handler, who was its handler before, and who judged it. Papers
// handed round and files laid beside them are noted under the handler's role whoever did it, and make nobody a handler.
func (r *run) handFact(h *head, l leaf) {
	if l.subjectKind != "case" {
		return
	}
	if l.kind == "case.handed_over" {
		r.hands[r.name(l.subject, l.ref.of("from"))], r.hands[r.name(l.subject, l.ref.of("to"))] = true, true
	}
	judges := verdicts[l.kind] || l.kind == "case.approved"
	handles := l.role == "handler" && !strings.HasPrefix(l.kind, "document.") && !strings.HasPrefix(l.kind, "publication.") &&
		l.kind != "review.voided" && l.kind != "review.text_changed"
	for _, account := range []string{l.account, l.onBehalf} {
		switch who := r.name(l.subject, account); {
		case account == "":
		case judges:
			r.judged = append(r.judged, judgement{who, h.agency, h.where(l.seq)})
		case handles:
			r.hands[who] = true
		}
	}
}

// separation holds whoever judged a case against everybody who ever had a hand in it.
func (r *run) separation() error {
	for _, j := range r.judged {
		r.must(!r.hands[j.who], "SP-1", j.agency, j.where, "审核或者批准本案的人员承办过本案，或者以本人、代理人身份办理过本案的承办环节")
	}
	return nil
}
