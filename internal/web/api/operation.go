package api

import (
	"context"
	"errors"

	"mingjing/internal/disclosure/public"
)

// Publication is a published decision in a list. Days are YYYY-MM-DD in Asia/Shanghai; an empty text is unknown.
type Publication struct {
	ID          string `json:"id"`
	Title       string `json:"title" doc:"标题"`
	Number      string `json:"number" doc:"文号"`
	Agency      string `json:"agency" doc:"执法机关的编号"`
	AgencyName  string `json:"agency_name" doc:"执法机关"`
	Class       string `json:"class" doc:"执法类别：处罚、许可等"`
	Item        string `json:"item,omitempty" doc:"执法事项编码"`
	ItemName    string `json:"item_name,omitempty" doc:"执法事项"`
	Year        int    `json:"year" doc:"决定的年份"`
	PartyName   string `json:"party_name,omitempty" doc:"当事人，公民的姓名依法隐去"`
	PartyKind   string `json:"party_kind,omitempty" doc:"当事人类型"`
	Result      string `json:"result,omitempty" doc:"处理结果"`
	Basis       string `json:"basis,omitempty" doc:"依据"`
	DecidedOn   string `json:"decided_on" doc:"决定日期"`
	PublishedOn string `json:"published_on" doc:"公示日期"`
	State       string `json:"state" enum:"published,corrected,withdrawn,expired" doc:"已公示、已更正、已撤下、公示期满"`
	Source      string `json:"source" doc:"case 为本系统办理，历史导入为以前的决定"`
	Link        string `json:"link" doc:"公示页面"`
}

// PublicationDetail is one publication whole, or its tombstone.
type PublicationDetail struct {
	Publication
	Body           string `json:"body,omitempty" doc:"公开的文本，已撤下的没有"`
	Announced      bool   `json:"announced" doc:"公告送达中"`
	EffectiveOn    string `json:"effective_on,omitempty" doc:"生效日期"`
	PeriodUntil    string `json:"period_until,omitempty" doc:"公示期至"`
	Version        int    `json:"version" doc:"第几版"`
	CorrectedOn    string `json:"corrected_on,omitempty" doc:"更正日期"`
	CorrectReason  string `json:"correct_reason,omitempty" doc:"更正原因"`
	WithdrawnOn    string `json:"withdrawn_on,omitempty" doc:"撤下日期"`
	Ground         string `json:"ground,omitempty" doc:"撤下的原因：变更、撤销、确认违法、确认无效、重新作出"`
	GroundDocument string `json:"ground_document,omitempty" doc:"撤下所依据的文书"`
	Reason         string `json:"reason,omitempty" doc:"撤下的理由"`
	ReplacedBy     string `json:"replaced_by,omitempty" doc:"现行决定的编号"`
	ContentHash    string `json:"content_hash,omitempty" doc:"公开文本的 SHA-256"`
	UpdatedAt      string `json:"updated_at" doc:"最近一次变动的时刻，UTC"`
	DueOn          string `json:"due_on,omitempty" doc:"公示期限的最后一日"`
	Ledger         *Place `json:"ledger,omitempty" doc:"公开文本在留痕账本中的位置"`
}

// Place is where the event that made a text public stands.
type Place struct {
	Index      int64       `json:"index" doc:"叶节点位置，从0起"`
	Checkpoint *Checkpoint `json:"checkpoint,omitempty" doc:"最早覆盖它的签名检查点；刚公示的几秒内还没有"`
}

// Checkpoint is a signed head of the ledger.
type Checkpoint struct {
	Size int64  `json:"size" doc:"检查点覆盖的叶节点数"`
	Root string `json:"root" doc:"存证根，Base64"`
	At   string `json:"at" doc:"最近一条的时刻，UTC"`
	Note string `json:"note" doc:"签名的检查点原文（C2SP tlog-checkpoint）"`
}

// PublicationPage is a part of the list.
type PublicationPage struct {
	Publications []Publication `json:"publications"`
	Count        int           `json:"count" doc:"符合条件的件数"`
	Capped       bool          `json:"capped" doc:"件数只数到这里，实际更多"`
	Next         string        `json:"next" doc:"下一页的 after；空为最后一页"`
}

type listInput struct {
	Query  string `query:"q" maxLength:"200" doc:"检索词，两个字也能查到"`
	Agency string `query:"agency" maxLength:"64" doc:"执法机关的编号"`
	Class  string `query:"class" maxLength:"20" doc:"执法类别"`
	Item   string `query:"item" maxLength:"64" doc:"执法事项编码"`
	Year   int    `query:"year" minimum:"0" maximum:"9999" doc:"决定的年份"`
	State  string `query:"state" enum:"published,corrected,withdrawn,expired" doc:"状态"`
	After  string `query:"after" maxLength:"64" doc:"上一页的 next"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"20" doc:"每页件数"`
}

func (f *face) publications(ctx context.Context, in *listInput) (PublicationPage, error) {
	filter := public.Filter{Agency: f.agency(in.Agency), Class: in.Class, Item: in.Item, Year: in.Year, State: in.State}
	found, err := f.reader.Search(ctx, in.Query, filter, in.After, in.Limit)
	if err != nil {
		return PublicationPage{}, err
	}
	out := PublicationPage{Publications: make([]Publication, 0, len(found.Hits)), Count: found.Count, Capped: found.Capped, Next: found.Next}
	for _, h := range found.Hits {
		out.Publications = append(out.Publications, row(h.Row))
	}
	return out, nil
}

// agency is the one agency of this API, where it has one.
func (f *face) agency(asked string) string {
	if f.options.Agency != "" {
		return f.options.Agency
	}
	return asked
}

func row(r public.Row) Publication {
	return Publication{ID: r.ID, Title: r.Title, Number: r.Number, Agency: r.Agency, AgencyName: r.AgencyName, Class: r.Class, Item: r.Item,
		ItemName: r.ItemName, Year: r.Year, PartyName: r.PartyName, PartyKind: r.PartyKind, Result: r.Result, Basis: r.Basis,
		DecidedOn: r.DecidedOn, PublishedOn: r.PublishedOn, State: r.State, Source: r.Source, Link: "/p/" + r.ID}
}

type idInput struct {
	ID string `path:"id" maxLength:"64"`
}

func (f *face) publication(ctx context.Context, in *idInput) (PublicationDetail, error) {
	p, err := f.reader.Get(ctx, in.ID)
	if err == nil && f.options.Agency != "" && p.Agency != f.options.Agency {
		err = public.ErrNotFound
	}
	if err != nil {
		return PublicationDetail{}, err
	}
	d := PublicationDetail{Publication: row(p.Row), Announced: p.Announced, EffectiveOn: p.EffectiveOn, PeriodUntil: p.PeriodUntil, Version: p.Version,
		CorrectedOn: p.CorrectedOn, CorrectReason: p.CorrectReason, WithdrawnOn: p.WithdrawnOn, Ground: p.Ground, GroundDocument: p.GroundDocument,
		Reason: p.Reason, ReplacedBy: p.ReplacedBy, UpdatedAt: p.UpdatedAt, DueOn: p.DueOn}
	if p.State == public.Published || p.State == public.Corrected {
		d.Body, d.ContentHash = p.Body, p.ContentHash
		d.Ledger, err = f.place(ctx, p)
	}
	return d, err
}

func (f *face) place(ctx context.Context, p public.Publication) (*Place, error) {
	if p.Log == "" {
		return nil, nil
	}
	out := &Place{Index: p.Seq}
	c, err := f.reader.Covering(ctx, p)
	if errors.Is(err, public.ErrNotFound) {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	signed := Checkpoint(c)
	out.Checkpoint = &signed
	return out, nil
}

type checkpointInput struct {
	Agency string `query:"agency" maxLength:"64" doc:"执法机关的编号"`
	Size   int64  `query:"size" minimum:"0" doc:"检查点覆盖的叶节点数；0或者不填为最新的"`
}

func (f *face) checkpoint(ctx context.Context, in *checkpointInput) (Checkpoint, error) {
	c, err := f.reader.Checkpoint(ctx, f.agency(in.Agency), in.Size)
	return Checkpoint(c), err
}

type agencyInput struct {
	Agency string `query:"agency" maxLength:"64" doc:"执法机关的编号"`
}

// ItemList, DutyList, OfficerList and AgencyList wrap their rows, so that more can be said beside them later.
type ItemList struct {
	Items []public.Item `json:"items"`
}

// DutyList is the list of duties.
type DutyList struct {
	Duties []public.Duty `json:"duties"`
}

// OfficerList is the published roster.
type OfficerList struct {
	Officers []public.Officer `json:"officers"`
}

// AgencyList is the list of agencies.
type AgencyList struct {
	Agencies []public.Agency `json:"agencies"`
}

func (f *face) items(ctx context.Context, in *agencyInput) (ItemList, error) {
	list, err := f.reader.Items(ctx, f.agency(in.Agency))
	return ItemList{Items: list}, err
}

type itemInput struct {
	Code   string `path:"code" maxLength:"64"`
	Agency string `query:"agency" maxLength:"64" doc:"执法机关的编号"`
}

func (f *face) item(ctx context.Context, in *itemInput) (public.Item, error) {
	return f.reader.Item(ctx, f.agency(in.Agency), in.Code)
}

// duties lists those of one agency, or every agency's, one after the other.
func (f *face) duties(ctx context.Context, in *agencyInput) (DutyList, error) {
	list, err := f.reader.Duties(ctx, f.agency(in.Agency))
	return DutyList{Duties: list}, err
}

func (f *face) officers(ctx context.Context, in *agencyInput) (OfficerList, error) {
	list, err := f.reader.Officers(ctx, f.agency(in.Agency))
	return OfficerList{Officers: list}, err
}

func (f *face) agencies(ctx context.Context, _ *struct{}) (AgencyList, error) {
	all, err := f.reader.Agencies(ctx)
	if err != nil {
		return AgencyList{}, err
	}
	out := AgencyList{Agencies: []public.Agency{}}
	for _, a := range all {
		if f.options.Agency == "" || a.ID == f.options.Agency {
			out.Agencies = append(out.Agencies, a)
		}
	}
	return out, nil
}

// Commitment is the blinded entry of one decision.
type Commitment struct {
	Year         int    `json:"year"`
	Seq          int64  `json:"seq" doc:"登记号"`
	Class        string `json:"class" doc:"执法类别"`
	DecidedOn    string `json:"decided_on" doc:"决定日期"`
	DueOn        string `json:"due_on" doc:"公示期限，作出决定时确定"`
	ExtendedTo   string `json:"extended_to,omitempty" doc:"依法推迟到的公示期限"`
	ExtendGround string `json:"extend_ground,omitempty" doc:"推迟的理由"`
	Commitment   string `json:"commitment" doc:"决定文本校验值的 HMAC-SHA256；密钥（随机数）不公开，当事人可以向执法机关索取"`
	Outcome      string `json:"outcome" doc:"空为待公示；published、withheld、withdrawn、expired"`
	OutcomeOn    string `json:"outcome_on,omitempty"`
	Ground       string `json:"ground,omitempty"`
	Publication  string `json:"publication,omitempty" doc:"公示后的编号"`
}

// Register is a part of the register.
type Register struct {
	Decisions []Commitment `json:"decisions"`
	Next      int64        `json:"next" doc:"下一页的 after；0 为最后一页"`
}

type registerInput struct {
	Agency string `query:"agency" required:"true" maxLength:"64" doc:"执法机关的编号"`
	Year   int    `query:"year" required:"true" minimum:"1949" maximum:"9999" doc:"登记的年份"`
	After  int64  `query:"after" minimum:"0" doc:"上一页的 next"`
	Limit  int    `query:"limit" minimum:"1" maximum:"199" default:"50" doc:"每页件数"`
}

func (f *face) commitments(ctx context.Context, in *registerInput) (Register, error) {
	list, err := f.reader.Commitments(ctx, f.agency(in.Agency), in.Year, in.After, in.Limit+1)
	if err != nil {
		return Register{}, err
	}
	out := Register{Decisions: make([]Commitment, 0, len(list))}
	if len(list) > in.Limit {
		list = list[:in.Limit]
		out.Next = list[in.Limit-1].Seq
	}
	for _, c := range list {
		out.Decisions = append(out.Decisions, Commitment{Year: c.Year, Seq: c.Seq, Class: c.Class, DecidedOn: c.DecidedOn, DueOn: c.DueOn, ExtendedTo: c.ExtendedTo, ExtendGround: c.ExtendGround,
			Commitment: c.Commitment, Outcome: c.Outcome, OutcomeOn: c.OutcomeOn, Ground: c.Ground, Publication: c.Publication})
	}
	return out, nil
}
