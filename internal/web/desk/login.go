package desk

import (
	"net/http"
	"net/url"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/web"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// signPage is a page of who has not signed in.
type signPage struct {
	page.Frame
	Form   seat.Form
	Guests []Guest
}

func loginForm(back string) seat.Form {
	return seat.Form{Action: "/desk/login", Submit: "登录", Fields: []seat.Field{
		{Name: "login", Label: "登录名", Required: true, Purpose: "username"},
		{Name: "password", Label: "密码", Control: seat.Password, Required: true, Purpose: "current-password"},
		{Name: "code", Label: "动态验证码", Hint: "已设置动态验证码的，填写手机上显示的六位数字；没有设置的不填。", Purpose: "one-time-code"},
		{Name: "back", Control: seat.Hidden, Value: back},
	}}
}

// login shows the sign-in page; who is signed in already goes on.
func (d *Desk) login(w http.ResponseWriter, r *http.Request) error {
	back := deskBack(r.URL.Query().Get("back"))
	if _, err := d.house.Keeper.Resolve(r.Context(), d.token(r)); err == nil {
		http.Redirect(w, r, back, http.StatusSeeOther)
		return nil
	}
	return d.showLogin(w, r, http.StatusOK, loginForm(back))
}

func (d *Desk) showLogin(w http.ResponseWriter, r *http.Request, status int, form seat.Form) error {
	f := d.bare(r, "登录")
	if r.URL.Query().Get("said") == "out" {
		f.Notice = "已退出。"
	}
	if r.URL.Query().Get("said") == "set" {
		f.Notice = "密码已设置，请登录。"
	}
	return d.face.Show(w, status, "login", signPage{Frame: f, Form: form, Guests: d.options.Guests})
}

// loggedIn opens a session.
func (d *Desk) loggedIn(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	typed := r.PostForm
	back := deskBack(typed.Get("back"))
	token, err := d.house.Keeper.Login(r.Context(), typed.Get("login"), typed.Get("password"), typed.Get("code"))
	if err != nil {
		return d.again(err, loginForm(back), typed, func(f seat.Form) error { return d.showLogin(w, r, http.StatusUnprocessableEntity, f) })
	}
	d.keep(w, token)
	http.Redirect(w, r, back, http.StatusSeeOther)
	return nil
}

// again shows a form with what was typed and why it was not accepted; secrets are asked for anew.
func (d *Desk) again(err error, form seat.Form, typed url.Values, show func(seat.Form) error) error {
	t, ok := seat.TroubleOf(err)
	if !ok {
		return err
	}
	form = form.Filled(typed).With(t)
	for i := range form.Fields {
		if form.Fields[i].Name == "code" {
			form.Fields[i].Value = ""
		}
	}
	return show(form)
}

// deskBack is where a person goes on after signing in: a page of the desk, or its first page.
func deskBack(back string) string {
	back = web.SafeBack(back)
	if !strings.HasPrefix(back, "/desk/") || strings.HasPrefix(back, "/desk/login") || strings.HasPrefix(back, "/desk/logout") {
		return "/desk/"
	}
	return back
}

// logout ends the session.
func (d *Desk) logout(w http.ResponseWriter, r *http.Request) error {
	if err := d.house.Keeper.Logout(r.Context(), d.token(r)); err != nil {
		return err
	}
	d.keep(w, "")
	http.Redirect(w, r, "/desk/login?said=out", http.StatusSeeOther)
	return nil
}

func setupForm() seat.Form {
	return seat.Form{Action: "/desk/setup", Submit: "设置密码", Cancel: "/desk/login", Fields: []seat.Field{
		{Name: "code", Label: "设置码", Hint: "由管理员给您，三日内有效，只能用一次。", Required: true},
		{Name: "password", Label: "新密码", Control: seat.Password, Hint: "至少10个字符，含字母、数字、其他字符中的至少两类，不能包含登录名。", Required: true, Purpose: "new-password"},
		{Name: "repeat", Label: "再写一遍新密码", Control: seat.Password, Required: true, Purpose: "new-password"},
	}}
}

// setup asks for the one-time code and a password.
func (d *Desk) setup(w http.ResponseWriter, r *http.Request) error {
	return d.face.Show(w, http.StatusOK, "setup", signPage{Frame: d.bare(r, "设置密码"), Form: setupForm()})
}

// redeem sets the password of the account that the code was issued for.
func (d *Desk) redeem(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	typed := r.PostForm
	err := repeated(typed)
	if err == nil {
		err = d.house.Keeper.Redeem(r.Context(), typed.Get("code"), typed.Get("password"))
	}
	if err != nil {
		return d.again(err, setupForm(), typed, func(f seat.Form) error {
			return d.face.Show(w, http.StatusUnprocessableEntity, "setup", signPage{Frame: d.bare(r, "设置密码"), Form: f})
		})
	}
	http.Redirect(w, r, "/desk/login?said=set", http.StatusSeeOther)
	return nil
}

func stepUpForm(back string) seat.Form {
	return seat.Form{Action: "/desk/step-up", Submit: "验证", Cancel: back, Fields: []seat.Field{
		{Name: "password", Label: "密码", Control: seat.Password, Required: true, Purpose: "current-password"},
		{Name: "code", Label: "动态验证码", Hint: "已设置动态验证码的填写手机上显示的六位数字。", Purpose: "one-time-code"},
		{Name: "back", Control: seat.Hidden, Value: back},
	}}
}

// stepUp asks for a fresh proof of presence before an act of weight.
func (d *Desk) stepUp(v *seat.Visitor) error {
	return v.Show(http.StatusOK, "stepup", signPage{Frame: v.Head("再次验证身份"), Form: stepUpForm(deskBack(v.Value("back")))})
}

// stepped takes the proof.
func (d *Desk) stepped(v *seat.Visitor) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	back := deskBack(typed.Get("back"))
	token, err := d.house.Keeper.StepUp(v.Context(), d.token(v.Request), typed.Get("password"), typed.Get("code"))
	if err != nil {
		return d.again(err, stepUpForm(back), typed, func(f seat.Form) error {
			return v.Show(http.StatusUnprocessableEntity, "stepup", signPage{Frame: v.Head("再次验证身份"), Form: f})
		})
	}
	d.keep(v.Writer(), token)
	return v.Done(back, "身份已验证，十五分钟内可以办理审批、发布等事项。")
}

// visit is the person of a request who may still have to enrol a factor.
func (d *Desk) visit(r *http.Request) (access.Visit, error) {
	return d.house.Keeper.Resolve(r.Context(), d.token(r))
}
