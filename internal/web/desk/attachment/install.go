package attachment

import (
	"cmp"
	"embed"
	"net/http"
	"net/url"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/attachment"
	"mingjing/internal/blob"
	"mingjing/internal/document"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// Engine parses the pages, all of which the rooms of the desk share.
func Engine() (*page.Engine, error) { return seat.Engine(embed.FS{}, ".", "files") }

// shelf is where the files of one kind of records stand: below the page of each record.
type shelf struct {
	kind   string
	path   string // of the records
	action access.Action
	thing  string // kind of thing that the action is asked for
	room   string // title of the list of records
	list   string // its address
}

func shelves() []shelf {
	return []shelf{
		{document.OwnerCertificate, "/desk/officers", access.RosterView, "roster", "执法人员", "/desk/officers"},
		{document.OwnerPublication, "/desk/publications", access.PublicationList, "publication", "公示", "/desk/publications"},
		{document.OwnerReview, "/desk/reviews", access.CaseList, "review", "法制审核", "/desk/reviews"},
		{document.OwnerSeal, "/desk/seals/uses", access.CaseList, "case", "用印登记", "/desk/seals"},
	}
}

// most bounds one file: a scan or a photo, not a recording.
const most = 64 << 20

// kinds are what is put beside a record that is no case, the most likely first.
func (x shelf) kinds() []string {
	if x.kind == document.OwnerCertificate {
		return []string{"照片", "附件"} // nobody signs a certificate
	}
	return []string{"签名扫描件", "照片", "附件"}
}

// accepted are the types of files that can be scans, photos or papers.
func accepted() []string {
	return []string{blob.PDF, blob.JPEG, blob.PNG, blob.DOCX, blob.XLSX, blob.Text}
}

type room struct{ *seat.Room }

// Install adds the pages to the desk.
func Install(s *seat.Seat) error {
	engine, err := Engine()
	if err != nil {
		return err
	}
	r := room{s.Open(engine)}
	for _, x := range shelves() {
		at := x.path + "/{id}/files"
		r.beside(x).Install(r.Room)
		r.Handle("GET "+at, x.action, x.thing, func(v *seat.Visitor) error { return r.list(v, x) })
		r.HandleBody("POST "+at, most+(1<<20), x.action, x.thing, func(v *seat.Visitor) error { return r.add(v, x) })
		r.Handle("GET "+at+"/{file}", x.action, x.thing, func(v *seat.Visitor) error { return r.file(v, x) })
	}
	return nil
}

func (x shelf) address(id string) string { return x.path + "/" + id }

// Block is the piece on the page of a record of a kind.
func Block(v *seat.Visitor, kind, id string) (seat.Files, error) {
	i := slices.IndexFunc(shelves(), func(x shelf) bool { return x.kind == kind })
	view, err := v.Seat.House.Attached.Of(v.Context(), v.Actor, kind, id)
	if i < 0 || err != nil {
		return seat.Files{}, err
	}
	at := shelves()[i].address(id) + "/files"
	f := seat.Files{Rows: rows(view, at), Note: closed(view)}
	if view.MayAdd(v.Actor) == nil && len(view.Owners) > 0 {
		f.Add = at
	}
	return f, nil
}

// rows are the files of a record; who may add them but not open them sees that they are there.
func rows(view attachment.View, at string) []seat.FileRow {
	var list []seat.FileRow
	for _, a := range view.Files {
		row := RowOf(at, a)
		if !view.Opens {
			row.Href = ""
		}
		if i := slices.IndexFunc(view.Owners, func(o attachment.Owner) bool { return o.ID == a.Owner }); len(view.Owners) > 1 && i >= 0 {
			row.Of = view.Owners[i].Title
		}
		list = append(list, row)
	}
	return list
}

func closed(view attachment.View) string {
	if view.Closed == nil || !view.Adds {
		return ""
	}
	return "案卷已经归档，不能再添加材料；确需补充的，由负责人重新启动办理。"
}

// beside is the list of the files of a record as a file.
func (r room) beside(x shelf) seat.Beside[seat.FileRow] {
	return seat.Beside[seat.FileRow]{Path: x.path + "/{id}/files", Action: x.action, Kind: x.thing, List: List(),
		Read: func(v *seat.Visitor) ([]seat.FileRow, string, error) {
			view, err := r.House.Attached.Of(v.Context(), v.Actor, x.kind, v.Path("id"))
			if err == nil && !view.Opens && !view.Adds {
				err = access.Require(v.Actor, access.ScanView, view.Thing)
			}
			if err != nil {
				return nil, "", err
			}
			return rows(view, x.address(view.ID)+"/files"), short(view.Title), nil
		}}
}

// list shows the files of a record with the form that adds one.
func (r room) list(v *seat.Visitor, x shelf) error {
	view, err := r.House.Attached.Of(v.Context(), v.Actor, x.kind, v.Path("id"))
	if err != nil {
		return err
	}
	return r.show(v, http.StatusOK, x, view, x.form(view))
}

func (x shelf) form(view attachment.View) seat.Form {
	var owner []seat.Field
	if x.kind == document.OwnerCertificate {
		f := seat.Field{Name: "owner", Label: "证件", Control: seat.Select, Required: true}
		for _, o := range view.Owners {
			f.Options = append(f.Options, seat.Option{Value: o.ID, Text: o.Title})
			f.Value = cmp.Or(f.Value, o.ID)
		}
		owner = append(owner, f)
	}
	f := Form(x.address(view.ID)+"/files", x.kinds(), most, "PDF、图片、DOCX、XLSX、TXT", owner...)
	f.Title = "添加扫描件、照片"
	f.Fields[len(f.Fields)-1].Accept = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.txt"
	return f
}

func (r room) show(v *seat.Visitor, status int, x shelf, view attachment.View, f seat.Form) error {
	if !view.Opens && !view.Adds {
		return access.Require(v.Actor, access.ScanView, view.Thing)
	}
	p := Page{Frame: v.Head("扫描件和照片", page.Link{Text: x.room, Href: x.list}, page.Link{Text: short(view.Title), Href: x.address(view.ID)}), Files: rows(view, x.address(view.ID)+"/files"),
		Empty: page.Empty{Title: "还没有扫描件和照片", Text: "签过字、盖过章的纸质材料扫描或者拍照上传后列在这里，每个文件都有校验值。"}, Closed: closed(view)}
	p.Exports = r.beside(x).Exports(v, len(p.Files))
	switch {
	case view.MayAdd(v.Actor) != nil:
	case len(view.Owners) == 0:
		p.Closed = "还没有登记执法证件，先登记证件，再上传证件的扫描件。"
	default:
		p.Form = &f
	}
	if p.Closed != "" && len(p.Files) == 0 { // nothing is promised where nothing can come
		p.Empty, p.Closed = page.Empty{Title: "没有扫描件和照片", Text: p.Closed}, ""
	}
	return p.Show(v, status, f.Trouble)
}

func short(text string) string {
	if runes := []rune(text); len(runes) > 24 {
		return string(runes[:24]) + "…"
	}
	return text
}

// add takes a file in: what it is is judged by its name and its content before it is stored.
func (r room) add(v *seat.Visitor, x shelf) error {
	view, err := r.House.Attached.Of(v.Context(), v.Actor, x.kind, v.Path("id"))
	if err != nil {
		return err
	}
	if err := access.Require(v.Actor, access.ScanAdd, view.Thing); err != nil {
		return err
	}
	typed := url.Values{}
	a, err := Take(v, typed, most)
	switch {
	case err != nil:
	case !slices.Contains(x.kinds(), typed.Get("kind")):
		err = refusal.Field("kind", "请选择材料的类型。")
	case !slices.Contains(accepted(), a.MIME):
		err = refusal.Field("file", "这里放纸质材料的扫描件和照片；录音录像请添加到案件的附件。")
	}
	if err == nil {
		a.Kind, a.Owner = typed.Get("kind"), typed.Get("owner")
		_, err = r.House.Attached.Add(v.Context(), v.Actor, x.kind, view.ID, a)
	}
	if err != nil {
		t, ok := seat.TroubleOf(err)
		if !ok {
			return err
		}
		return r.show(v, seat.Status(err), x, view, x.form(view).Filled(typed).With(t))
	}
	return v.Done(x.address(view.ID)+"/files", "“"+a.Name+"”已上传并存证。")
}

// file gives one out.
func (r room) file(v *seat.Visitor, x shelf) error {
	a, rec, err := r.House.Attached.Find(v.Context(), v.Actor, x.kind, v.Path("id"), v.Path("file"))
	if err != nil {
		return err
	}
	return Serve(v, a, "查看"+x.room+"“"+rec.Title+"”的扫描件“"+a.Name+"”")
}
