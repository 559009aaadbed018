package desk

import (
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	qrcode "github.com/skip2/go-qrcode"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/web"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// accountPage is what a person sees of the own account.
type accountPage struct {
	page.Frame
	Facts    []seat.Fact
	Password seat.Form
	Sessions []access.OpenSession
	Acting   []access.Acting
	Offered  []access.Acting // grants that wait for the person's word
	ActsAs   string          // id of the grant in use
}

func passwordForm() seat.Form {
	return seat.Form{Title: "修改密码", Action: "/desk/account/password", Submit: "修改密码", Fields: []seat.Field{
		{Name: "old", Label: "现在的密码", Control: seat.Password, Required: true, Purpose: "current-password"},
		{Name: "code", Label: "动态验证码", Hint: "没有设置的不填。", Purpose: "one-time-code"},
		{Name: "password", Label: "新密码", Control: seat.Password, Hint: "至少10个字符，含字母、数字、其他字符中的至少两类，不能包含登录名。", Required: true, Purpose: "new-password"},
		{Name: "repeat", Label: "再写一遍新密码", Control: seat.Password, Required: true, Purpose: "new-password"},
	}}
}

// account shows the own account.
func (d *Desk) account(v *seat.Visitor) error {
	return d.showAccount(v, http.StatusOK, passwordForm())
}

func (d *Desk) showAccount(v *seat.Visitor, status int, form seat.Form) error {
	sessions, err := d.house.Keeper.Sessions(v.Context(), d.token(v.Request))
	if err != nil {
		return err
	}
	p := accountPage{Frame: v.Head("账户"), Password: form, Sessions: sessions, ActsAs: v.Acting}
	var own access.Account
	err = v.Read(func(tx *db.Tx) error {
		if own, err = access.Get(tx, v.Account); err != nil {
			return err
		}
		if p.Acting, err = access.ActingFor(tx, v.Account); err == nil && v.OnBehalf == "" {
			p.Offered, err = access.ActingOffered(tx, v.Account)
		}
		return err
	})
	if err != nil {
		return err
	}
	factor := seat.Fact{Name: "动态验证码", Text: "没有设置", Tone: "soon", Sub: ""}
	if own.HasFactor {
		factor.Text, factor.Tone = "已设置", "met"
	}
	p.Facts = []seat.Fact{{Name: "姓名", Text: own.Name}, {Name: "登录名", Text: own.Login, Code: true}, {Name: "科室", Text: d.unitName(own.Unit)},
		{Name: "角色", Text: roleTitles(v.Own)}, factor}
	return v.Show(status, "account", p)
}

// password changes the own password.
func (d *Desk) password(v *seat.Visitor) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	if err = repeated(typed); err == nil {
		var token string
		if token, err = d.house.Keeper.ChangePassword(v.Context(), d.token(v.Request), typed.Get("old"), typed.Get("password"), typed.Get("code")); err == nil {
			d.keep(v.Writer(), token)
			return v.Done("/desk/account", "密码已修改，其他设备上的登录都已退出。")
		}
	}
	return d.again(err, passwordForm(), typed, func(f seat.Form) error { return d.showAccount(v, http.StatusUnprocessableEntity, f) })
}

// repeated tells whether a new password was written twice alike.
func repeated(typed url.Values) error {
	if typed.Get("password") != typed.Get("repeat") {
		return refusal.Field("repeat", "两次写的新密码不一样，请再写一遍。")
	}
	return nil
}

// actAs lets the person act for a colleague on leave, or as the own person again.
func (d *Desk) actAs(v *seat.Visitor) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	token, err := d.house.Keeper.ActAs(v.Context(), d.token(v.Request), typed.Get("grant"))
	if err != nil {
		return err
	}
	d.keep(v.Writer(), token)
	if typed.Get("grant") == "" {
		return v.Done("/desk/", "现在以本人身份办理。")
	}
	return v.Done("/desk/", "现在代为办理。每一项记录同时写明您和被代理人。")
}

// answerActing takes the person's word to a colleague who asked for a deputy.
func (d *Desk) answerActing(v *seat.Visitor) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	answer, said := access.AcceptActing, "已同意代理，代理期内可以在这里开始代为办理。"
	if typed.Get("answer") != "accept" {
		answer, said = access.DeclineActing, "已回复不同意代理。"
	}
	if err := v.Write(func(tx *db.Tx) error { return answer(tx, v.Actor, typed.Get("grant")) }); err != nil {
		return err
	}
	return v.Done("/desk/account", said)
}

// sessionsEnd ends every other session of the person.
func (d *Desk) sessionsEnd(v *seat.Visitor) error {
	n, err := d.house.Keeper.EndOtherSessions(v.Context(), d.token(v.Request))
	if err != nil {
		return err
	}
	return v.Done("/desk/account", fmt.Sprintf("其他登录已全部退出，共%d个。", n))
}

// sessionEnd ends one of the person's own sessions.
func (d *Desk) sessionEnd(v *seat.Visitor) error {
	if err := d.house.Keeper.EndSession(v.Context(), d.token(v.Request), v.Path("id")); err != nil {
		return err
	}
	return v.Done("/desk/account", "该登录已退出。")
}

// factorPage is the page on which a second factor is enrolled. QR and Secret are shown once.
type factorPage struct {
	page.Frame
	Must        bool
	QR          template.URL
	Secret, URL string
	Error       string
}

// factor tells what a second factor is for and begins.
func (d *Desk) factor(w http.ResponseWriter, r *http.Request) error {
	who, err := d.visit(r)
	if errors.Is(err, access.ErrNoSession) {
		return web.SignIn{Location: "/desk/login"}
	}
	if err != nil {
		return err
	}
	return d.face.Show(w, http.StatusOK, "factor", factorPage{Frame: d.frame(r, who, "设置动态验证码"), Must: who.MustEnrol})
}

// factorBegin makes the secret and shows it once.
func (d *Desk) factorBegin(w http.ResponseWriter, r *http.Request) error {
	who, err := d.visit(r)
	if err != nil {
		return web.SignIn{Location: "/desk/login"}
	}
	e, err := d.house.Keeper.BeginEnrolment(r.Context(), d.token(r))
	if isStepUp(err) {
		return web.SignIn{Location: "/desk/step-up?back=" + url.QueryEscape("/desk/account/factor")}
	}
	if err != nil {
		return err
	}
	return d.showFactor(w, r, http.StatusOK, factorPage{Frame: d.frame(r, who, "设置动态验证码"), Must: who.MustEnrol, Secret: e.Secret, URL: e.URL})
}

func (d *Desk) showFactor(w http.ResponseWriter, r *http.Request, status int, p factorPage) error {
	png, err := qrcode.Encode(p.URL, qrcode.Medium, 240)
	if err != nil {
		return fmt.Errorf("desk: factor: %w", err)
	}
	p.QR = template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png))
	return d.face.Show(w, status, "factor", p)
}

// factorConfirm makes the secret count once a code of it was seen.
func (d *Desk) factorConfirm(w http.ResponseWriter, r *http.Request) error {
	who, err := d.visit(r)
	if err != nil {
		return web.SignIn{Location: "/desk/login"}
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	token, err := d.house.Keeper.ConfirmEnrolment(r.Context(), d.token(r), r.PostForm.Get("code"))
	if t, ok := seat.TroubleOf(err); err != nil && ok {
		key := r.PostForm.Get("key")
		if !strings.HasPrefix(key, "otpauth://totp/") || len(key) > 500 {
			http.Redirect(w, r, "/desk/account/factor", http.StatusSeeOther)
			return nil
		}
		u, _ := url.Parse(key)
		p := factorPage{Frame: d.frame(r, who, "设置动态验证码"), Must: who.MustEnrol, URL: key, Error: t.Message}
		if u != nil {
			p.Secret = u.Query().Get("secret")
		}
		return d.showFactor(w, r, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	d.keep(w, token)
	http.Redirect(w, r, "/desk/account", http.StatusSeeOther)
	return nil
}

// isStepUp tells whether only a fresh proof of presence is missing.
func isStepUp(err error) bool {
	var refused refusal.Refused
	if !errors.As(err, &refused) {
		return false
	}
	for _, f := range refused.Findings {
		if f.Rule == access.StepUpRule {
			return true
		}
	}
	return false
}
