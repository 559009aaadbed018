package office

import (
	"fmt"
	"net/url"
	"strings"

	"mingjing/internal/catalog/setting"
	"mingjing/internal/db"
	"mingjing/internal/web/desk/seat"
)

// contactForm asks for what an agency says of itself, with what it says now; missing names what documents cannot do without.
func (r room) contactForm() (f seat.Form, missing string) {
	f = seat.Form{Fold: "修改联系信息", Submit: "保存", Lead: "印在告知书、决定书等文书上，并在门户公布。保存后对新制作的文书生效，已经定稿的不变。"}
	books := r.House.Cases.Books()
	agency, _ := books.Pack.Agency()
	for _, c := range setting.Contacts() {
		now := books.Pack.Text(c.Code)
		switch c.Code {
		case "agency.review_organ":
			now = agency.Government
		case "agency.court":
			now = agency.Court
		}
		f.Fields = append(f.Fields, seat.Field{Name: c.Code, Label: c.Title, Hint: c.Hint, Value: now})
	}
	return f, strings.Join(r.House.Untold(), "、")
}

// tell saves it. What was shown as it stands in the pack is no text of the agency's own until it is changed.
func (r room) tell(v *seat.Visitor, typed url.Values) (string, string, error) {
	shown, _ := r.contactForm()
	n := 0
	err := v.Write(func(tx *db.Tx) error {
		own, err := setting.Texts(tx, v.Agency)
		if err != nil {
			return err
		}
		texts := map[string]string{}
		for _, f := range shown.Fields {
			texts[f.Name] = seat.Text(typed, f.Name)
			if _, ours := own[f.Name]; !ours && texts[f.Name] == f.Value {
				texts[f.Name] = ""
			}
		}
		n, err = setting.Tell(tx, v.Actor, texts)
		return err
	})
	if err == nil {
		err = r.House.Renew(v.Context())
	}
	if n == 0 {
		return "没有改动。", "", err
	}
	return fmt.Sprintf("已保存%d项，新制作的文书和门户即按此显示。", n), "", err
}
