package recheck

import "strconv"

// decisions holds every decision against the event that made it, and every verdict of a review against its own.
func (r *run) decisions() error {
	err := r.stream("决定", `SELECT d.id, d.agency, d.document_id, d.body_hash, d.decided_on, d.number, d.kind, x.number, x.kind, x.made_on, x.party_id, d.party_id
		FROM decision d LEFT JOIN document x ON x.id = d.document_id`, nil, 12, func(w row) error {
		agency, where := w.text(1), "decision "+w.text(0)
		e, told := r.papers[r.name("document", w.text(2))]
		switch {
		case !told || e.event == 0:
			r.must(false, "DE-1", agency, where, w.text(5)+"没有作出决定的台账事件")
		case e.day != w.text(4):
			r.must(false, "DE-1", agency, where, w.text(5)+"的决定日"+w.text(4)+"与台账事件的日期"+e.day+"不符")
		default:
			same := w.text(5) == w.text(7) && w.text(6) == w.text(8) && (w.text(10) == w.text(11) || w.text(10) == "")
			r.must(same, "DE-1", agency, where, w.text(5)+"与决定书的文号、种类或者当事人不符")
		}
		delete(r.made, e.event)
		r.did("DE-2", 1)
		return nil
	})
	if err != nil {
		return err
	}
	for _, seq := range r.made {
		r.wrong("DE-2", "", "台账第"+strconv.FormatInt(seq, 10)+"号", "所记的决定不在")
	}
	return r.reviews()
}

func (r *run) reviews() error {
	seen := 0
	err := r.stream("法制审核", `SELECT id, agency, verdict, reviewer, concluded_on FROM review WHERE verdict <> ''`, nil, 5, func(w row) error {
		e, told := r.rounds[w.text(0)]
		r.must(told && e == roundEvidence{w.text(2), w.text(3), w.text(4)}, "RV-1", w.text(1), "review "+w.text(0), "审核结论的人员、日期或者结论与台账事件不符，或者没有事件")
		if told {
			seen++
		}
		return nil
	})
	r.must(seen == len(r.rounds), "RV-1", "", "review", "台账所记的审核结论有的不在")
	return err
}
