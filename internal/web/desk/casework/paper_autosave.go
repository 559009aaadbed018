package casework

import (
	"encoding/json"
	"errors"
	"net/http"

	"mingjing/internal/document"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/workday"
)

// autosaved is the answer to a page that saves by itself.
type autosaved struct {
	Saved   string `json:"saved,omitempty"`
	Version string `json:"version,omitempty"`
	By      string `json:"by,omitempty"`
	Text    string `json:"text,omitempty"`
	Href    string `json:"href,omitempty"`
}

// paperAutosave keeps what is being typed. When somebody else saved in between nothing is written and the page is told.
func (r room) paperAutosave(v *seat.Visitor) error {
	p, err := r.posted(v, true)
	if err != nil {
		return r.autosaveTrouble(v, err)
	}
	saved, err := r.save(v, p, p.values, p.base)
	var conflict document.Conflict
	if errors.As(err, &conflict) {
		if conflict.Used() {
			return answer(v, http.StatusConflict, autosaved{Text: usedUp(p.sheet)})
		}
		return answer(v, http.StatusConflict, autosaved{By: conflict.Theirs.EditorName, Href: paperAddress(p.view.File.ID, string(p.step.Code), p.kind.Code, p.party)})
	}
	if err != nil {
		return r.autosaveTrouble(v, err)
	}
	return answer(v, http.StatusOK, autosaved{Saved: saved.Saved.In(workday.Shanghai()).Format("15:04"), Version: string(saved.Base())})
}

// autosaveTrouble says why nothing was saved.
func (r room) autosaveTrouble(v *seat.Visitor, err error) error {
	t, ok := seat.TroubleOf(err)
	if !ok {
		return err
	}
	text := t.Message
	if len(t.Findings) > 0 {
		text = t.Findings[0].Message
	}
	return answer(v, http.StatusUnprocessableEntity, autosaved{Text: "没有保存：" + text})
}

func answer(v *seat.Visitor, status int, body autosaved) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	v.Bytes(status, "application/json; charset=utf-8", raw)
	return nil
}
