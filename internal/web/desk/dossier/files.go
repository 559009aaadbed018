package dossier

import (
	"cmp"
	"net/http"
	"net/url"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/attachment"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// named is how a document is called among those of its case.
func named(d document.Document, parties map[string]string) string {
	title := "《" + d.Kind + "》" + d.Number
	if party := parties[d.Party]; party != "" && len(parties) > 1 {
		title += "（" + party + "）"
	}
	return title
}

func fileForm(view casefile.View, owner string) seat.Form {
	owners := []seat.Option{{Value: "case", Text: "全案"}}
	for _, d := range view.Documents {
		owners = append(owners, seat.Option{Value: d.ID, Text: named(d, PartyNames(view))})
	}
	return attachment.Form(Address(view.File.ID)+"/files", document.AttachmentKinds(), fileMost, "PDF、图片、DOCX、XLSX、TXT和音视频",
		seat.Field{Name: "document", Label: "属于", Control: seat.Select, Options: owners, Value: cmp.Or(owner, "case"), Required: true, Hint: "签过字的扫描件选它所对应的文书。"})
}

// fileList shows the files.
func (r room) fileList(v *seat.Visitor) error {
	view, err := r.open(v)
	if err != nil {
		return err
	}
	return r.showFiles(v, http.StatusOK, view, fileForm(view, v.Value("document")))
}

func (r room) showFiles(v *seat.Visitor, status int, view casefile.View, f seat.Form) error {
	p := attachment.Page{Frame: v.Head("附件", Crumb(view.File)...), Empty: page.Empty{Title: "还没有附件", Text: "签过字的扫描件、现场照片、录音录像等上传后列在这里，每个文件都有校验值。"}}
	p.Files = fileRows(view)
	p.Exports = r.filesList().Exports(v, len(p.Files))
	switch {
	case view.File.State == flow.Archived:
		p.Closed = "本案已经归档，不能再添加附件；确需补充的，由负责人重新启动办理。"
	case v.May(access.AttachmentAdd, view.Thing):
		p.Form = &f
	}
	return p.Show(v, status, f.Trouble)
}

// fileAdd takes a file in: what it is is judged by its name and its content before it is stored.
func (r room) fileAdd(v *seat.Visitor) error {
	view, err := r.open(v)
	if err != nil {
		return err
	}
	if err := access.Require(v.Actor, access.AttachmentAdd, view.Thing); err != nil {
		return err
	}
	typed := url.Values{}
	a, err := attachment.Take(v, typed, fileMost)
	if err == nil {
		a.Case, a.Kind = view.File.ID, typed.Get("kind")
		if a.Owner = typed.Get("document"); a.Owner != "" && a.Owner != "case" {
			a.OwnerKind = document.OwnerDocument
		}
		_, err = r.House.Cases.Attach(v.Context(), v.Actor, a)
	}
	if err != nil {
		t, ok := seat.TroubleOf(err)
		if !ok {
			return err
		}
		return r.showFiles(v, seat.Status(err), view, fileForm(view, "").Filled(typed).With(t))
	}
	return v.Done(Address(view.File.ID)+"/files", "“"+a.Name+"”已上传并存证。")
}

// fileGet gives a file to who may see the personal data of the case.
func (r room) fileGet(v *seat.Visitor) error {
	a, err := r.House.Cases.FindAttachment(v.Context(), v.Actor, v.Path("file"))
	if err != nil {
		return err
	}
	if a.Case != v.Path("id") {
		return refusal.NotFound{What: "附件"}
	}
	view, err := r.open(v)
	if err != nil {
		return err
	}
	if err := access.Require(v.Actor, access.PartyPersonal, view.Thing); err != nil {
		return err
	}
	return attachment.Serve(v, a, "查看“"+view.File.Title+"”的附件“"+a.Name+"”")
}
