package dossier

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/blob"
	"mingjing/internal/casefile"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/refusal"
	"mingjing/internal/web"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// filesPage lists the files of a case and takes new ones.
type filesPage struct {
	page.Frame
	Files []fileRow
	Form  *seat.Form
	Empty page.Empty
	// Closed says why nothing can be added, Trouble why something was not, where there is no form to say it on.
	Closed  string
	Trouble seat.Trouble
}

// fileRow is one file of a case.
type fileRow struct {
	Name, Kind, Size, At, Href, Digest string
	Of                                 string // the document it belongs to
}

func rowOf(caseID string, a document.Attachment) fileRow {
	return fileRow{Name: a.Name, Kind: a.Kind, Size: sizeText(a.Size), At: Moment(a.AddedAt), Digest: a.Digest, Href: Address(caseID) + "/files/" + a.ID}
}

// named is how a document is called among those of its case.
func named(d document.Document, parties map[string]string) string {
	title := "《" + d.Kind + "》" + d.Number
	if party := parties[d.Party]; party != "" && len(parties) > 1 {
		title += "（" + party + "）"
	}
	return title
}

func sizeText(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d 字节", n)
}

func fileForm(view casefile.View, document string) seat.Form {
	kinds := make([]seat.Option, 0, 4)
	for _, k := range casefile.AttachmentKinds() {
		kinds = append(kinds, seat.Option{Value: k, Text: k})
	}
	owners := []seat.Option{{Value: "case", Text: "全案"}}
	for _, d := range view.Documents {
		owners = append(owners, seat.Option{Value: d.ID, Text: named(d, PartyNames(view))})
	}
	return seat.Form{Title: "添加附件", Action: Address(view.File.ID) + "/files", Submit: "上传", Upload: true, Fields: []seat.Field{
		{Name: "kind", Label: "类型", Control: seat.Select, Options: kinds, Value: "附件", Required: true},
		{Name: "document", Label: "属于", Control: seat.Select, Options: owners, Value: cmp.Or(document, "case"), Required: true, Hint: "签过字的扫描件选它所对应的文书。"},
		{Name: "file", Label: "文件", Control: seat.File, Accept: strings.Join(blob.Accepted(), ","), Required: true,
			Hint: "可以上传PDF、图片、DOCX、XLSX、TXT和音视频，最大512MB。上传后计算校验值并存证，不能替换。"}}}
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
	p := filesPage{Frame: v.Head("附件", Crumb(view.File)...), Empty: page.Empty{Title: "还没有附件", Text: "签过字的扫描件、现场照片、录音录像等上传后列在这里，每个文件都有校验值。"}}
	titles := map[string]string{}
	for _, d := range view.Documents {
		titles[d.ID] = named(d, PartyNames(view))
	}
	for _, a := range view.Attachments {
		row := rowOf(view.File.ID, a)
		if a.OwnerKind == "document" {
			row.Of = titles[a.Owner]
		}
		p.Files = append(p.Files, row)
	}
	switch {
	case view.File.State == flow.Archived:
		p.Closed = "本案已经归档，不能再添加附件；确需补充的，由负责人重新启动办理。"
	case v.May(access.AttachmentAdd, view.Thing):
		p.Form = &f
	}
	if f.Trouble.Any() { // what was refused is told even where the form is gone
		p.Trouble = f.Trouble
		if p.Form != nil {
			p.Trouble = seat.Trouble{}
		}
	}
	return v.Show(status, "files", p)
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
	a, err := r.takeIn(v, typed)
	if err == nil {
		a.Case, a.Kind = view.File.ID, typed.Get("kind")
		if a.Owner = typed.Get("document"); a.Owner != "" && a.Owner != "case" {
			a.OwnerKind = "document"
		}
		_, err = r.House.Cases.Attach(v.Context(), v.Actor, a)
	}
	if err != nil {
		var unfit blob.Unfit
		if errors.As(err, &unfit) {
			err = refusal.Field("file", string(unfit)+"。")
		}
		t, ok := seat.TroubleOf(err)
		if !ok {
			return err
		}
		return r.showFiles(v, refusedStatus, view, fileForm(view, "").Filled(typed).With(t))
	}
	return v.Done(Address(view.File.ID)+"/files", "“"+a.Name+"”已上传并存证。")
}

// takeIn reads the posted parts one after another, so that a recording is never held in memory.
func (r room) takeIn(v *seat.Visitor, typed url.Values) (document.Attachment, error) {
	parts, err := v.Request.MultipartReader()
	if err != nil {
		return document.Attachment{}, refusal.Field("file", "没有收到文件，请重新选择。")
	}
	var a document.Attachment
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if errors.As(err, new(textproto.ProtocolError)) {
			return a, refusal.Field("file", "文件名含有不能使用的字符，或者上传的内容不完整；请改名后重新选择。")
		}
		if err != nil {
			return a, fmt.Errorf("dossier: read an upload: %w", err)
		}
		if part.FileName() == "" {
			value, err := io.ReadAll(io.LimitReader(part, 4<<10))
			if err != nil {
				return a, fmt.Errorf("dossier: read an upload: %w", err)
			}
			typed.Set(part.FormName(), string(value))
			continue
		}
		if a, err = r.store(part); err != nil {
			return a, err
		}
	}
	if a.Digest == "" {
		return a, refusal.Field("file", "请选择要上传的文件。")
	}
	return a, nil
}

func (r room) store(part *multipart.Part) (document.Attachment, error) {
	head := make([]byte, blob.SniffBytes)
	n, err := io.ReadFull(part, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return document.Attachment{}, fmt.Errorf("dossier: read an upload: %w", err)
	}
	head = head[:n]
	mime, err := blob.Sniff(part.FileName(), head)
	if err != nil {
		return document.Attachment{}, err
	}
	digest, size, err := r.House.Blobs.Put(io.MultiReader(bytes.NewReader(head), part), fileMost)
	if err != nil {
		return document.Attachment{}, err
	}
	if mime == blob.DOCX || mime == blob.XLSX {
		f, n, err := r.House.Blobs.OpenVerified(digest)
		if err != nil {
			return document.Attachment{}, err
		}
		if err := errors.Join(blob.CheckOffice(f, n, mime), f.Close()); err != nil {
			return document.Attachment{}, err
		}
	}
	return document.Attachment{Name: part.FileName(), MIME: mime, Size: size, Digest: string(digest)}, nil
}

// fileGet gives a file to who may see the personal data of the case: nobody can tell what a picture shows, and it cannot be
// masked. Pictures, PDF and recordings are shown, everything else is saved; a copy
// that no longer has its digest is not given out.
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
	f, _, err := r.House.Blobs.OpenVerified(blob.Digest(a.Digest))
	if errors.Is(err, blob.ErrMissing) || errors.Is(err, blob.ErrCorrupt) {
		return refusal.Invalid{Message: "附件“" + a.Name + "”与上传时的校验值不一致，不能打开。请核对原件并报告管理员。"}
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if err := lookedAtFile(v, view, a); err != nil {
		return err
	}
	h := v.Writer().Header()
	h.Set("Content-Type", a.MIME)
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; media-src 'self'; style-src 'unsafe-inline'")
	switch a.MIME {
	case blob.PDF, blob.JPEG, blob.PNG, blob.MP4, blob.MP3, blob.WAV:
		h.Set("Content-Disposition", strings.Replace(web.Attachment(a.Name), "attachment", "inline", 1))
	default:
		h.Set("Content-Disposition", web.Attachment(a.Name))
	}
	http.ServeContent(v.Writer(), v.Request, a.Name, a.AddedAt, f)
	return nil
}

// piecesWithin is how long after a look the further pieces of a recording belong to it.
const piecesWithin = time.Hour

// lookedAtFile records the look at a file. A recording is fetched in many pieces and is looked at once: a later piece is
// recorded only where no look went before it.
func lookedAtFile(v *seat.Visitor, view casefile.View, a document.Attachment) error {
	thing := access.Thing{Kind: "attachment", ID: a.ID, Agency: view.File.Agency}
	purpose := "查看“" + view.File.Title + "”的附件“" + a.Name + "”"
	if piece := v.Request.Header.Get("Range"); piece == "" || strings.HasPrefix(piece, "bytes=0-") {
		return v.Looked(thing, purpose)
	}
	var before []access.Look
	err := v.Read(func(tx *db.Tx) (err error) {
		before, err = access.Looks(tx, thing.Agency, access.LookFilter{Account: v.Account, ThingKind: thing.Kind, Thing: thing.ID}, "", 1)
		return err
	})
	if err != nil || len(before) > 0 && v.Now().Sub(before[0].At) < piecesWithin {
		return err
	}
	return v.Looked(thing, purpose)
}
