package record

import (
	"errors"
	"fmt"
	"net/http"
	"sort"
	"strconv"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/quorum"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
	"mingjing/internal/workday"
)

// row is an event with the names of its people.
type row struct {
	ledger.Record
	By string
}

// rooms are the groups of events that the list can be narrowed to.
func rooms() []table.Option {
	return seat.Options([2]string{"case.", "案件"}, [2]string{"evidence.", "证据"}, [2]string{"review.", "法制审核"}, [2]string{"decision.", "决定"}, [2]string{"delivery.", "送达"},
		[2]string{"publication.", "公示"}, [2]string{"disclosure.", "公示台账"}, [2]string{"import.", "导入"}, [2]string{"account.", "账号"}, [2]string{"officer.", "执法人员"},
		[2]string{"certificate.", "执法证件"}, [2]string{"pack.", "专案包"}, [2]string{"number.", "文号"}, [2]string{"ledger.", "台账"})
}

func column[T any](key, title string, get func(T) string) table.Column[T] {
	return table.Column[T]{Key: key, Title: title, Cell: func(x T) table.Cell { return table.Cell{Text: get(x)} }}
}

func eventHref(seq int64) string { return root + "/" + strconv.FormatInt(seq, 10) }

func (r room) eventListing() seat.Listing[row] {
	return seat.Listing[row]{Path: root, Action: access.LedgerView, Kind: "ledger", Read: r.events,
		List: table.List[row]{Name: "全过程记录", Unit: "项", Filters: []string{"room", "kind", "subject", "account"}, Row: func(x row) string { return eventHref(x.Seq) },
			Empty: page.Empty{Title: "还没有记录", Text: "办案、审核、公示、管理的每一项操作都自动留痕，不能修改和删除。"},
			Columns: []table.Column[row]{
				{Key: "what", Title: "事项", Width: 30, Cell: func(x row) table.Cell { return table.Cell{Text: seat.EventTitle(x.Kind), Href: eventHref(x.Seq)} }},
				column("seq", "序号", func(x row) string { return strconv.FormatInt(x.Seq, 10) }), column("by", "办理人", func(x row) string { return x.By }),
				column("role", "角色", func(x row) string { return access.RoleTitle(x.Actor.Role) }),
				{Key: "at", Title: "记录时间", Width: 18, Cell: func(x row) table.Cell { return table.Cell{Text: seat.Moment(x.Recorded), Sub: late(x.Record)} }}}},
		Choices: func(v *seat.Visitor, _ table.Query) ([]table.Choice, error) {
			return []table.Choice{{Name: "room", Title: "范围", Options: rooms()}, {Name: "kind", Title: "事项", Options: kinds()}}, nil
		},
		Named: func(name, value string) string {
			switch name {
			case "kind":
				return seat.EventTitle(value)
			case "room":
				for _, o := range rooms() {
					if o.Value == value {
						return o.Text
					}
				}
			}
			return value
		},
		Around: func(_ *seat.Visitor, _ table.Query, p *seat.ListPage) error {
			p.Tabs = tabs(root)
			p.Lead = "最新的在前。清单不含个人信息；每一项都可以打开查看存证。"
			p.Law = []page.Finding{{Message: "行政机关应当依法以文字、音像等形式，对行政处罚的启动、调查取证、审核、决定、送达、执行等进行全过程记录，归档保存。", Cite: "《行政处罚法》第四十七条"}}
			return nil
		}}
}

// late says that an act was recorded on another day than it happened.
func late(e ledger.Record) string {
	if on := workday.DayOf(e.Occurred); on != workday.DayOf(e.Recorded) {
		return on.String() + "发生，补记"
	}
	return ""
}

func kinds() []table.Option {
	var list []table.Option
	for kind, title := range seat.EventKinds() {
		list = append(list, table.Option{Value: kind, Text: title})
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].Text != list[j].Text {
			return list[i].Text < list[j].Text
		}
		return list[i].Value < list[j].Value
	})
	return list
}

func (r room) events(v *seat.Visitor, q table.Query, limit int) (seat.Part[row], error) {
	before := int64(-1)
	if n, err := strconv.ParseInt(q.After, 10, 64); err == nil {
		before = n
	}
	pick := ledger.Pick{Kind: q.Filters["kind"], Subject: q.Filters["subject"], Account: q.Filters["account"]}
	if pick.Kind == "" {
		pick.Kind = q.Filters["room"]
	}
	pick.Acts = pick.Kind == "" // people look for acts; who wants the words about rows asks for the ledger's own events
	var list []ledger.Record
	err := v.Read(func(tx *db.Tx) (err error) {
		list, err = ledger.Recent(tx, v.Agency, pick, before, limit+1)
		return err
	})
	if err != nil {
		return seat.Part[row]{}, err
	}
	var ids []string
	for _, e := range list {
		ids = append(ids, e.Actor.Account, e.Actor.OnBehalf)
	}
	names, err := v.Names(ids...)
	rows := make([]row, len(list))
	for i, e := range list {
		rows[i] = row{e, seat.By(names, e.Actor)}
	}
	return seat.Page(rows, limit, func(x row) string { return strconv.FormatInt(x.Seq, 10) }), err
}

// eventPage is one event with its proof.
type eventPage struct {
	page.Frame
	Facts []seat.Fact
	Refs  []seat.Fact
	Proof string
	Leaf  string
	Why   string // why there is no proof yet
	Key   string
	Note  string
	Self  string
}

func (r room) seq(v *seat.Visitor) (int64, error) {
	n, err := strconv.ParseInt(v.Path("seq"), 10, 64)
	if err != nil || n < 0 {
		return 0, refusal.NotFound{What: "这项记录"}
	}
	return n, nil
}

func (r room) event(v *seat.Visitor) error {
	seq, err := r.seq(v)
	if err != nil {
		return err
	}
	var e ledger.Record
	err = v.Read(func(tx *db.Tx) (err error) {
		e, err = ledger.At(tx, v.Agency, seq)
		return err
	})
	if errors.Is(err, ledger.ErrNoEvent) {
		return refusal.NotFound{What: "这项记录"}
	}
	if err != nil {
		return err
	}
	names, err := v.Names(e.Actor.Account, e.Actor.OnBehalf)
	if err != nil {
		return err
	}
	d := eventPage{Frame: v.Head(seat.EventTitle(e.Kind), page.Link{Text: "台账"}, page.Link{Text: "全过程记录", Href: root}), Key: r.House.Ledger.Verifier(v.Agency), Self: eventHref(seq)}
	d.Facts = []seat.Fact{{Name: "序号", Text: strconv.FormatInt(e.Seq, 10)}, {Name: "办理人", Text: seat.By(names, e.Actor)}, {Name: "角色", Text: access.RoleTitle(e.Actor.Role)},
		{Name: "发生", Text: seat.Moment(e.Occurred)}, {Name: "记录", Text: seat.Moment(e.Recorded)}, {Name: "对象", Text: subject(e), Href: subjectHref(e)}}
	if e.Shredded {
		d.Facts = append(d.Facts, seat.Fact{Name: "个人信息载荷", Text: "已依法销毁", Tone: "none"})
	}
	d.Refs = refs(e)
	switch text, leaf, err := quorum.Prove(v.Context(), r.House.DB, v.Agency, seq); {
	case errors.Is(err, ledger.ErrNotSigned):
		d.Why = "还没有检查点覆盖这一项，稍等片刻即可。"
	case err != nil:
		return err
	default:
		d.Proof, d.Leaf = text, string(leaf)
	}
	return v.Show(http.StatusOK, "event", d)
}

// subject names what an event is about.
func subject(e ledger.Record) string {
	names := map[string]string{"case": "案件", "publication": "公示信息", "import": "导入", "account": "账号", "officer": "执法人员", "certificate": "执法证件", "agency": "机关",
		"reviewer": "法制审核人员", "counsel": "法律顾问", "series": "文号代字", "pack": "专案包", "review": "法制审核"}
	if name := names[e.SubjectKind]; name != "" {
		return name
	}
	return "其他"
}

func subjectHref(e ledger.Record) string {
	switch e.SubjectKind {
	case "case":
		return "/desk/cases/" + e.Subject
	case "publication":
		return "/desk/publications/" + e.Subject
	case "import":
		return "/desk/imports/" + e.Subject
	}
	return ""
}

// refTitles are the Chinese names of what a leaf says in clear. What has none is an internal mark and is not shown.
func refTitles() [][2]string {
	return [][2]string{{"number", "文号"}, {"verdict", "审核意见"}, {"due_on", "最迟日期"}, {"ground", "依据、理由"}, {"document", "文书"}, {"late", "超期日数"}, {"content_sha256", "公开文本SHA-256"},
		{"redaction_sha256", "脱敏清单SHA-256"}, {"body_hash", "文书SHA-256"}, {"text_sha256", "文本SHA-256"}, {"file_sha256", "文件SHA-256"}, {"hash", "哈希"}, {"rows", "行数"}, {"imported", "导入"}, {"duplicates", "重复"},
		{"left_out", "未导入"}, {"version", "版本"}, {"prefix", "代字"}, {"year", "年度"}, {"last", "起点"}, {"from", "自"}, {"until", "至"}, {"expires", "有效至"}, {"fallen_on", "改变日期"}, {"effective_on", "生效日期"}}
}

func refs(e ledger.Record) []seat.Fact {
	var list []seat.Fact
	for _, t := range refTitles() {
		if value := e.Ref[t[0]]; value != "" {
			code := len(value) >= 40 && strings.Trim(value, "0123456789abcdef") == ""
			if at := seat.Moment(value); at != "" {
				value = at
			}
			list = append(list, seat.Fact{Name: t[1], Text: value, Code: code, Wide: code})
		}
	}
	return list
}

// proof hands the proof out as the file that other programs check (C2SP tlog-proof).
func (r room) proof(v *seat.Visitor) error {
	return r.prove(v, ".tlog-proof", func(text string, _ []byte) []byte { return []byte(text) })
}

func (r room) leaf(v *seat.Visitor) error {
	return r.prove(v, ".json", func(_ string, leaf []byte) []byte { return leaf })
}

func (r room) prove(v *seat.Visitor, ending string, pick func(string, []byte) []byte) error {
	seq, err := r.seq(v)
	if err != nil {
		return err
	}
	text, leaf, err := quorum.Prove(v.Context(), r.House.DB, v.Agency, seq)
	if errors.Is(err, ledger.ErrNoEvent) || errors.Is(err, ledger.ErrNotSigned) {
		return refusal.NotFound{What: "这项记录的存证"}
	}
	if err != nil {
		return err
	}
	v.Attach(fmt.Sprintf("存证%d%s", seq, ending), "application/octet-stream", pick(text, leaf))
	return nil
}

// outside is what somebody outside the agency said of a checkpoint, where somebody did.
func outside(said bool, text string) string {
	if !said {
		return "—"
	}
	return text
}

func (r room) checkpointListing() seat.Listing[ledger.Signed] {
	return seat.Listing[ledger.Signed]{Path: root + "/checkpoints", Action: access.LedgerView, Kind: "ledger",
		List: table.List[ledger.Signed]{Name: "检查点", Unit: "个", Empty: page.Empty{Title: "还没有检查点", Text: "有新的记录时自动签名，一般在一秒之内。"},
			Columns: []table.Column[ledger.Signed]{
				{Key: "size", Title: "覆盖记录", Cell: func(s ledger.Signed) table.Cell { return table.Cell{Text: "前" + page.Count(int(s.Size)) + "项"} }},
				column("at", "签名时间", func(s ledger.Signed) string { return seat.Moment(s.At) }), column("root", "存证根", func(s ledger.Signed) string { return s.Root }),
				column("cosigned", "外部见证", func(s ledger.Signed) string { return outside(s.Cosigned > 0, strconv.Itoa(s.Cosigned)+"家") }),
				column("stamped", "时间戳", func(s ledger.Signed) string { return outside(!s.Stamped.IsZero(), seat.Moment(s.Stamped)) })}},
		Read: func(v *seat.Visitor, q table.Query, limit int) (seat.Part[ledger.Signed], error) {
			before, _ := strconv.ParseInt(q.After, 10, 64)
			var list []ledger.Signed
			err := v.Read(func(tx *db.Tx) (err error) {
				list, err = ledger.Checkpoints(tx, v.Agency, before, limit+1)
				return err
			})
			return seat.Page(list, limit, func(s ledger.Signed) string { return strconv.FormatInt(s.Size, 10) }), err
		},
		Around: func(v *seat.Visitor, _ table.Query, p *seat.ListPage) error {
			p.Tabs, p.Lead = tabs(root+"/checkpoints"), "每个检查点用本机关的密钥签名。把任何一个检查点交给机关以外的人保存，以后就能证明记录没有被改过。"
			p.Facts = []seat.Fact{{Name: "验证公钥", Text: r.House.Ledger.Verifier(v.Agency), Code: true, Wide: true}}
			return nil
		}}
}
