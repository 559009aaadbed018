package disclosure

import (
	"maps"
	"strconv"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/journal"
)

// tell writes what was done with a publication into the agency's public log. While its text is not public, the entry stands
// under the number of the decision in the agency's count, so that nothing ties it to a text before its day.
func tell(tx *db.Tx, p Publication, kind journal.Kind, says map[string]string) (int64, error) {
	e := journal.Entry{Agency: p.Agency, Kind: kind, SubjectKind: journal.SubjectPublication, Subject: p.ID, Says: map[string]string{"commit": p.commitName()}}
	maps.Copy(e.Says, says)
	if p.Ordinal == 0 && p.commitSeq == 0 {
		return 0, nil // taken over from before the system and never public: nobody outside knows of it
	}
	if p.Ordinal == 0 {
		e.SubjectKind, e.Subject, e.Says["commit"] = journal.SubjectDecision, p.commitName(), ""
	}
	return journal.Write(tx, e)
}

// told is what the log says of a text that is public: its hash, by which everybody can check the page, and that of the
// redaction, which only the record can open.
func (p Publication) told() map[string]string {
	return map[string]string{"content_sha256": p.ContentHash, "redaction_sha256": p.RedactionHash, "published_on": p.PublishedOn, "class": p.Class,
		"path": "/p/" + p.ID, "version": strconv.Itoa(p.Version)}
}

// tellPublic tells of a text that became public and notes in the public row where the entry stands.
func (a *act) tellPublic(kind journal.Kind, says map[string]string) error {
	all := a.p.told()
	maps.Copy(all, says)
	seq, err := tell(a.tx, a.p, kind, all)
	if err != nil {
		return err
	}
	return locate(a.tx, journal.Log(a.p.Agency), seq, a.p.Ordinal, a.p.Ordinal)
}
