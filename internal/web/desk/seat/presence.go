package seat

import (
	"net/http"
	"net/url"
	"sync"

	"mingjing/internal/web"
	"mingjing/internal/web/page"
)

// stepUpPage is where presence is proved again.
const stepUpPage = "/desk/step-up"

// confirmEngine holds the pages that every room may need: a post that waits until presence is proved again or until
// somebody has signed in again.
var confirmEngine = sync.OnceValues(func() (*page.Engine, error) {
	return Engine(parts, "part", "confirm", "away", "halted", "deeds", "files", "form", "list")
})

// confirmPage keeps a whole post on a page, so that nothing typed is lost while presence is proved.
type confirmPage struct {
	page.Frame
	Action string
	Fields []Field
	Proof  string
}

// prove asks for a fresh proof of presence. Whoever only looks is led there and back; whoever posts keeps everything that
// was typed on a page and sends it again.
func (v *Visitor) prove() error {
	if v.Request.Method == http.MethodGet || v.Request.Method == http.MethodHead {
		return web.SignIn{Location: stepUpPage + "?back=" + url.QueryEscape(v.Request.URL.RequestURI())}
	}
	typed, err := v.Form()
	if err != nil {
		return err
	}
	p := confirmPage{Frame: v.Head("再次验证身份"), Action: v.Request.URL.RequestURI(), Fields: kept(typed), Proof: stepUpPage}
	engine, err := confirmEngine()
	if err != nil {
		return err
	}
	body, err := engine.Execute("confirm", p)
	if err != nil {
		return err
	}
	v.Bytes(http.StatusUnprocessableEntity, "text/html; charset=utf-8", body)
	return nil
}
