package web

import (
	"context"
	"errors"
	"net/http"
	"sort"

	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
	"mingjing/internal/web/page"
)

// notice is an answer of the server itself, not of a room.
type notice struct {
	status int
	title  string
	text   string
	next   string
}

func (n notice) Error() string { return "answered with a notice: " + http.StatusText(n.status) }

// The notices that no room gives.
var (
	noPage = notice{http.StatusNotFound, "没有找到这个页面", "地址可能有误，或者页面已经移动。",
		"请从首页进入，或者用文号、单位名称、事由检索。"}
	wrongMethod = notice{http.StatusMethodNotAllowed, "这个地址不接受这样的请求", "没有改变任何内容。", "请从页面上的链接或者按钮进入。"}
	tooMany     = notice{http.StatusTooManyRequests, "访问过于频繁", "同一网络地址在短时间内的请求过多。",
		"请稍等一分钟再试。需要批量取得数据的，请使用数据接口或者列表的导出。"}
	illegible = notice{http.StatusBadRequest, "地址无法识别", "地址中含有不能使用的字符（控制字符或者无法识别的编码）。",
		"请从页面上的链接进入，或者重新输入要查的内容。"}
	foreignForm = notice{http.StatusForbidden, "没有接受这次提交", "提交来自另一个网站的页面，为保护您的账户没有处理，也没有改变任何内容。",
		"请回到本系统的页面，重新填写后提交。"}
	brokenPage = notice{http.StatusInternalServerError, "页面暂时无法显示", "系统出现故障，已经记录，没有改变任何内容。",
		"请稍后再试；仍不能显示的，请把下方的请求编号告诉我们。"}
	readOnly = notice{http.StatusServiceUnavailable, "本系统目前只能查看", "数据库是从备份恢复的，缺少一部分记录，以只读方式打开，没有改变任何内容。",
		"请联系管理员：找回缺失的记录，或者由负责人确认缺失后，才能继续办理。"}
)

// tooLarge says how much a page takes and what to do with more.
func tooLarge(most int64) notice {
	return notice{http.StatusRequestEntityTooLarge, "提交的内容过大", "本页一次最多接收" + page.Size(most) + "，这次提交的内容超过了这个大小，没有保存，也没有改变任何内容。",
		"请返回上一页：文件压缩、降低清晰度或者拆成几个后分次上传；文字删减或者分成几份后重新提交。"}
}

// SignIn is returned by a face that needs to know who asks; Fail answers it by going to Location.
type SignIn struct{ Location string }

func (SignIn) Error() string { return "sign in first" }

// fail shows an error on the page of the face that answers for the address.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if f := s.faceOf(r.URL.Path); f != nil {
		f.Fail(w, r, err)
		return
	}
	shown := problemOf(err)
	http.Error(w, shown.Title+"。"+shown.Text, shown.Status)
}

// Fail shows an error: what does not exist as 404, what the law refuses and what cannot be used as 422 with the findings
// and their articles, everything else as a plain 500 that is logged once, here.
func (f *Face) Fail(w http.ResponseWriter, r *http.Request, err error) {
	var sign SignIn
	if errors.As(err, &sign) {
		http.Redirect(w, r, sign.Location, http.StatusSeeOther)
		return
	}
	shown := problemOf(err)
	var halt *db.HaltError
	if errors.As(err, &halt) {
		shown = haltedProblem(halt, unsafe(r))
	}
	number := f.server.request(w)
	if shown.Status == http.StatusInternalServerError {
		if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
			return // The reader went away.
		}
		f.server.options.Log.Error("a request failed", "request", number, "pattern", r.Pattern, "error", err)
		shown.Request = number
	}
	title := shown.Title
	shown.Frame = f.Frame(r)
	shown.Title, shown.NoIndex = title, true
	header := w.Header()
	for _, name := range []string{"Content-Encoding", "Content-Disposition", "ETag", "Last-Modified", "Content-Length"} {
		header.Del(name)
	}
	f.server.computedHeaders(w)
	header.Set("Cache-Control", "no-store")
	switch shown.Status {
	case http.StatusTooManyRequests:
		header.Set("Retry-After", "60")
	case http.StatusServiceUnavailable:
		header.Set("Retry-After", "10")
	}
	if err := f.Show(w, shown.Status, "problem", shown); err != nil {
		f.server.options.Log.Error("the error page failed", "request", number, "error", err)
		http.Error(w, title, shown.Status)
	}
}

// haltedProblem is shown where the store takes no command because of its disk: a form was not carried out, or a page would
// have to be noted before it is shown.
func haltedProblem(h *db.HaltError, form bool) page.Problem {
	text, next := h.Message()+"刚才的操作没有办理，没有改变任何内容。", "磁盘恢复后系统自动恢复办理，请稍后返回上一页重新提交。"
	if !form {
		text, next = h.Message()+"打开这个页面要留下查阅记录，现在记不下来，所以不显示。", "其他页面可以照常查看；磁盘恢复后请重新打开。"
	}
	return problem(http.StatusServiceUnavailable, "系统暂时只能查看", text, next)
}

// problemOf is the one place where errors get their status and their words.
func problemOf(err error) page.Problem {
	var missing refusal.NotFound
	var refused refusal.Refused
	var invalid refusal.Invalid
	var own notice
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &missing):
		return problem(http.StatusNotFound, "没有找到"+missing.What, "它不存在，或者不在您可以查看的范围内。", noPage.next)
	case errors.As(err, &refused):
		shown := problem(http.StatusUnprocessableEntity, "现在不能这样做", "依照下列规定，这一步没有执行，也没有改变任何内容。", "")
		shown.Findings = findingsOf(refused.Findings)
		return shown
	case errors.As(err, &invalid):
		shown := problem(http.StatusUnprocessableEntity, "填写的内容需要修改", invalid.Message, "请返回上一页修改，已填写的内容仍在。")
		for _, name := range sortedKeys(invalid.Fields) {
			shown.Fields = append(shown.Fields, invalid.Fields[name])
		}
		return shown
	case errors.As(err, &large):
		own = tooLarge(large.Limit)
	case errors.Is(err, db.ErrReadOnly):
		own = readOnly
	case errors.As(err, &own):
	default:
		own = brokenPage
	}
	return problem(own.status, own.title, own.text, own.next)
}

func problem(status int, title, text, next string) page.Problem {
	return page.Problem{Frame: page.Frame{Title: title}, Status: status, Text: text, Next: next}
}

// findingsOf puts what blocks before what only warns.
func findingsOf(findings []law.Finding) []page.Finding {
	shown := make([]page.Finding, 0, len(findings))
	for _, f := range findings {
		shown = append(shown, page.FindingOf(f))
	}
	sort.SliceStable(shown, func(i, j int) bool { return !shown[i].Warns && shown[j].Warns })
	return shown
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
