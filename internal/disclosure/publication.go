package disclosure

import (
	"mingjing/internal/disclosure/public"
	"mingjing/internal/form/paper"
	"mingjing/internal/redact"
)

// The states of a publication; the values are those of flow.Publication.
const (
	StateDue       = "due"       // 待公示
	StatePrepared  = "prepared"  // 已制作，待复核
	StateChecked   = "checked"   // 已复核
	StatePublished = "published" // 已公示
	StateCorrected = "corrected" // 已更正
	StateWithdrawn = "withdrawn" // 已撤下
	StateWithheld  = "withheld"  // 不予公示
	StateExpired   = "expired"   // 公示期满
)

// StateTitle is what people read for a state; an imported one that waits is 待核对.
func StateTitle(state, source string) string {
	switch state {
	case StateDue:
		if source == SourceImport {
			return "待核对"
		}
		return "待公示"
	case StatePrepared:
		return "已制作，待复核"
	case StateChecked:
		return "已复核"
	case StateWithheld:
		return "不予公示"
	}
	return public.StateName(state)
}

// Where a publication comes from.
const (
	SourceCase   = "case"
	SourceImport = "历史导入"
)

// The legal grounds on which a published decision comes down (行政处罚法第四十八条第二款, 国办发〔2018〕118号（六）).
const (
	GroundChanged  = "变更"
	GroundRevoked  = "撤销"
	GroundUnlawful = "确认违法"
	GroundVoid     = "确认无效"
	GroundRemade   = "重新作出"
)

// WithdrawGrounds lists the grounds of a withdrawal in the order of the law.
func WithdrawGrounds() []string {
	return []string{GroundChanged, GroundRevoked, GroundUnlawful, GroundVoid, GroundRemade}
}

// WithholdGrounds lists the grounds on which a decision is not published (政府信息公开条例第十四条至第十六条,
// 未成年人保护法第一百零三条, 行政处罚法第四十八条第一款, 国家发展改革委令第36号).
func WithholdGrounds() []string {
	return []string{"国家秘密", "商业秘密", "个人隐私", "未成年人", "危及国家安全、公共安全、经济安全、社会稳定",
		"轻微违法", "不具有一定社会影响", "法律、行政法规禁止公开"}
}

// Due is what a decision hands over when it is made: everything that its publication needs, so that no working table of
// the case is read again. Days are Asia/Shanghai days as YYYY-MM-DD.
type Due struct {
	Agency          string
	AgencyName      string
	Decision        string // id
	DecisionHash    string // SHA-256 of the decided text, lower-case hex; only its salted commitment leaves the house
	Case            string // id
	Party           string // id of the party in the case; its clocks stop with the publication
	Class           string // 处罚, 许可, …
	Kind            string // document kind, such as 行政处罚决定书
	Item            string
	ItemName        string
	Number          string
	Title           string
	PartyPublicName string // as the public may read it: organisations in full, people shortened
	PartyKind       string // 公民, 法人或者其他组织
	Basis           string
	Result          string
	DecidedOn       string
	DueOn           string // last day for publishing
	ServedOn        string // empty while not served
	ServiceMode     string // as in law.ServiceMode
	PeriodUntil     string // last day of display; empty = not set
	HasSocialImpact bool   // 具有一定社会影响; false leaves the choice to publish or to withhold with that ground
	Minor           bool
	Major           bool
	Review          string         // id of the passed review of exactly this text; needed where Major
	Blocks          []paper.Block  // the public copy, before redaction by people
	Text            string         // used where there are no Blocks
	Known           []redact.Known // personal data that the case knows
}

// Opening is what opens the blinded entry of a decision: the salt of its commitment, and the SHA-256 of the decided text that it
// covers. It is for the party and for whoever supervises, and never public: with it anybody could try names until the text of
// the decision fits, and so read what redaction has taken out. Empty for a decision of before the system.
func (p Publication) Opening() (salt, hash string) { return p.commitSalt, p.decisionHash }

// Publication is one decision on its way to the public, out of it, or back.
type Publication struct {
	ID           string
	Agency       string
	AgencyName   string
	Source       string // SourceCase or SourceImport
	Decision     string
	Case         string
	Unit         string // that handled the case; empty for an imported decision
	Outside      bool   // of another unit than the person's, whose unit does not publish for all
	Party        string // id within the case; empty for an imported decision
	Class        string
	Kind         string
	Item         string
	ItemName     string
	Number       string
	Title        string
	PartyName    string // public form
	PartyKind    string
	Basis        string
	Result       string
	DecidedOn    string
	DueOn        string
	ExtendedTo   string // the last day as it was extended to; empty where it was not
	ServedOn     string
	ServiceMode  string
	EffectiveOn  string
	SocialImpact bool
	Minor        bool
	Major        bool
	Review       string

	State          string
	PublishedOn    string
	PeriodUntil    string
	WithdrawnOn    string
	FallenOn       string // day on which the decision was changed, revoked or found unlawful; empty while it stands
	WithdrawDue    string // last day for taking it down, once the decision has fallen; empty otherwise
	Ground         string // of the withdrawal or of the withholding
	GroundDocument string
	Reason         string // public reason of the latest correction, withdrawal or withholding
	ReplacedBy     string
	// Who took it down, and the second person behind it: the head who recorded in the case that the decision has fallen, or the
	// checker who saw the document of an imported one.
	WithdrawMaker, WithdrawChecker string

	BodyText      string // the public text; empty before it was prepared
	Blocks        []public.Block
	RedactionHash string // of the manifest
	ContentHash   string // SHA-256 of the public text
	CheckedHash   string // the content hash that the checker saw
	Maker         string
	Checker       string
	Approver      string
	Version       int
	Ordinal       int64
	Run           string   // import run
	Findings      []string // what the import found, in Chinese
	UpdatedAt     string

	DaysLeft int // working days until LastDay or WithdrawDue, negative when over; only in lists and Get
	Overdue  bool

	makerFor, checkerFor  string // accounts acted for
	decisionHash          string
	commitYear, commitSeq int64
	commitSalt            string
	actDue                string
	office                string // under which agency the public finds it; empty = Agency
}

// Draft is what the maker works on: the text before redaction, what was found in it, and what was decided so far.
type Draft struct {
	Publication Publication
	Source      string // the text before redaction; personal data, shown to maker and checker only
	Spans       []redact.Span
	Decisions   []redact.Decision
	Open        []redact.Span // not yet decided
	Rendered    string        // what the public would read with these decisions
}

// Version is one immutable public version.
type Version struct {
	Publication   string
	Number        int
	Body          string
	Blocks        []public.Block
	Title         string
	PartyName     string
	ContentHash   string
	RedactionHash string
	Maker         string
	Checker       string
	Reason        string // of the correction; empty for the first
	PublishedOn   string
	At            string // instant, UTC
}
