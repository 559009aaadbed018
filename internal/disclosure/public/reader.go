package public

import (
	"encoding/json"

	"mingjing/internal/db"
)

// Reader answers the questions of the public. It holds no state beside the store and is safe for concurrent use.
type Reader struct{ d *db.DB }

// Open makes a reader of a store. Nothing of it writes.
func Open(d *db.DB) *Reader { return &Reader{d: d} }

// The states in which the public may meet a publication. The values are those of the flow table.
const (
	Published = "published" // 已公示
	Corrected = "corrected" // 已更正: the newest version is shown, with the reason of the correction
	Withdrawn = "withdrawn" // 已撤下: only the tombstone is left
	Expired   = "expired"   // 公示期满: only number and days are left
)

// StateName is what people read for a state.
func StateName(state string) string {
	switch state {
	case Published:
		return "已公示"
	case Corrected:
		return "已更正"
	case Withdrawn:
		return "已撤下"
	case Expired:
		return "公示期满"
	}
	return ""
}

// Row is one line of a list. Days are Asia/Shanghai days as YYYY-MM-DD; an empty text is unknown.
// Of a withdrawn or expired one Title is a general one and PartyName, Result and Basis are empty.
type Row struct {
	Ordinal     int64 // place in the order of publication; also the key of paging
	ID          string
	Title       string
	Number      string
	Agency      string
	AgencyName  string
	Class       string // 处罚, 许可, …
	Item        string // code of the item
	ItemName    string
	Year        int // of the decision; of the publication where the decision's day is unknown
	PartyName   string
	PartyKind   string // 公民, 法人或者其他组织
	Result      string
	Basis       string
	DecidedOn   string
	PublishedOn string
	State       string
	Source      string // case, 历史导入
}

// Block is a piece of the published document, in its order. Style is that of the paper (title, para, …); a table block
// has Rows and no Text.
type Block struct {
	Style string   `json:"style,omitempty"`
	Text  string   `json:"text,omitempty"`
	Head  []string `json:"head,omitempty"`
	Rows  [][]Cell `json:"rows,omitempty"`
}

// Cell is a cell of a table; Span is how many columns it covers, 0 meaning 1.
type Cell struct {
	Text  string `json:"text"`
	Label bool   `json:"label,omitempty"`
	Span  int    `json:"span,omitempty"`
}

// Publication is one published decision as the public may read it.
type Publication struct {
	Row
	Blocks []Block // empty for imported ones and for tombstones
	Body   string  // the same as plain text, paragraphs separated by line feeds; empty for tombstones

	Announced   bool   // 公告送达中: the announcement itself serves, the decision is not in effect yet
	EffectiveOn string // the day of service, from which the decision is in effect
	PeriodUntil string // last day of display; empty = no end set

	Version        int    // 1 for the first; each correction adds one
	CorrectedOn    string // day and public reason of the latest correction
	CorrectReason  string
	WithdrawnOn    string
	Ground         string // 变更, 撤销, 确认违法, 确认无效, 重新作出
	GroundDocument string // number of the document that the withdrawal rests on
	Reason         string // the public reason of the withdrawal
	ReplacedBy     string // id of the publication that stands in its place

	DueOn string // last day for publishing, as it was fixed with the decision, or lawfully extended; empty for imported ones
	Log   string // whose ledger holds the event that made the text public; empty where that is not known
	Seq   int64  // number of that event, which is the index of its leaf

	ContentHash string // SHA-256 of the public text, lower-case hex
	NoIndex     bool   // search engines are asked to keep out: natural persons, tombstones (PU-08)
	UpdatedAt   string // instant of the last change, UTC
}

// Filter narrows a list. Empty fields do not.
type Filter struct {
	Agency string
	Class  string
	Item   string
	Year   int
	State  string
}

// Page is a part of a list, newest first. Next is the cursor of the following part, empty at the end.
// Count is the number of all that fit; Capped says that counting stopped there and there are more.
type Page struct {
	Rows   []Row
	Next   string
	Count  int
	Capped bool
}

// Piece is a stretch of text; Hit says that it is what was searched for. Put together the pieces are the text.
type Piece struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit,omitempty"`
}

// Hit is one found publication.
type Hit struct {
	Row
	TitlePieces []Piece
	Snippet     []Piece // a part of the body around the first word found
}

// Found is a part of a search result, newest first.
type Found struct {
	Hits   []Hit
	Next   string
	Count  int
	Capped bool
	Words  []string // what was searched for, after folding; phrases are one word
	Behind int      // publications that the index does not hold yet
}

// Facet is one choice of a filter with how many publications it has.
type Facet struct {
	Value string
	Name  string
	Count int
}

// Facets are the choices that a filter leaves.
type Facets struct {
	Agencies []Facet
	Classes  []Facet
	Items    []Facet
	Years    []Facet
	States   []Facet
}

// Stats are the counts of the portal's front page.
type Stats struct {
	Published int // shown now, corrected ones included
	Withdrawn int
	Expired   int
	Withheld  int // 不予公示, with a ground
	Waiting   int // decided and within the period of publication
	Overdue   int // decided, not public, and the last day is over
	ThisYear  int // shown now, decided this year
	Behind    int // not yet in the search index
}

// Item is one row of the published list of enforcement items (事前公示: 执法事项清单).
type Item struct {
	Agency     string   `json:"agency"`
	AgencyName string   `json:"agency_name"`
	Code       string   `json:"code"`
	Name       string   `json:"name"`
	Class      string   `json:"class"`
	Unit       string   `json:"unit,omitempty"`
	Level      string   `json:"level,omitempty"`
	Basis      []Basis  `json:"basis,omitempty"`
	Remedies   []string `json:"remedies,omitempty"`
	Limits     string   `json:"limits,omitempty"`     // 法定时限, 收费, …
	Discretion []string `json:"discretion,omitempty"` // one line for each tier
	// FirstOffence are the cases in which a first offence goes without penalty (行政处罚法第三十三条第一款), one line each.
	FirstOffence []string          `json:"first_offence,omitempty"`
	Flow         string            `json:"flow,omitempty"` // code of the procedure whose chart belongs here
	Status       string            `json:"status,omitempty"`
	Note         string            `json:"note,omitempty"`
	More         map[string]string `json:"more,omitempty"` // further lines, by Chinese heading
}

// Basis is a provision that an item rests on.
type Basis struct {
	Text    string `json:"text"` // 《…》第…条
	Content string `json:"content,omitempty"`
	Version string `json:"version,omitempty"`
	Since   string `json:"since,omitempty"`
}

// Duty is one of the 32 numbered duties with what is measured today.
type Duty struct {
	Number      int    `json:"number"`
	Category    string `json:"category"`
	Task        string `json:"task"`
	Measure     string `json:"measure,omitempty"`
	Requirement string `json:"requirement,omitempty"`
	Owner       string `json:"owner,omitempty"`
	// Papers are the rules, texts and lists that the duty asks for.
	Papers   []string `json:"papers,omitempty"`
	Measured bool     `json:"measured"`        // false: 尚未计量
	State    string   `json:"state,omitempty"` // met, sofar (as far as it is measured), partly, unmet, none (no records yet)
	Value    string   `json:"value,omitempty"`
	Brief    string   `json:"brief,omitempty"` // the value in one line
	Formula  string   `json:"formula,omitempty"`
	At       string   `json:"at,omitempty"` // day of the measurement
	// Gap says what of the duty is not measured; Parts are the things it asks for, each counted on its own.
	Gap   string     `json:"gap,omitempty"`
	Parts []DutyPart `json:"parts,omitempty"`
}

// DutyPart is one thing that a duty asks for, with how many records owe it and how many do it.
type DutyPart struct {
	What  string `json:"what"`
	Met   int    `json:"met"`
	Of    int    `json:"of"`
	State string `json:"state"`
	Note  string `json:"note,omitempty"`
}

// Rule is one version of a text of the agency's own rules (duties 1, 17 and 27).
type Rule struct {
	ID       string        `json:"id"`
	Code     string        `json:"code"` // of the text; its versions share it
	Title    string        `json:"title"`
	Number   string        `json:"number,omitempty"` // 文号
	Source   string        `json:"source,omitempty"` // who laid it down: the agency, the province, a ministry
	From     string        `json:"from"`
	Until    string        `json:"until,omitempty"` // empty while it is in force
	Duty     int           `json:"duty,omitempty"`
	Sections []RuleSection `json:"sections,omitempty"`
}

// Param is a number that the province or the agency laid down within what the law leaves to them.
type Param struct {
	Code   string `json:"code"`
	Title  string `json:"title"`
	Value  string `json:"value"`
	Law    string `json:"law"`    // the number of the law itself, with its article
	Source string `json:"source"` // the document behind it
	From   string `json:"from"`
}

// RuleSection is one part of it.
type RuleSection struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Check is one way in which the record is recomputed, when that was done last, and what came out.
type Check struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	How   string `json:"how"`
	State string `json:"state"`
	At    string `json:"at,omitempty"`
	Text  string `json:"text"`
}

// The states of a check.
const (
	CheckSound  = "sound"
	CheckBroken = "broken"
	CheckNever  = "never"
)

// Officer is one row of the published roster.
type Officer struct {
	Name        string `json:"name"`
	Unit        string `json:"unit,omitempty"`
	Certificate string `json:"certificate,omitempty"`
	Class       string `json:"class,omitempty"`
	Area        string `json:"area,omitempty"`
	ValidUntil  string `json:"valid_until,omitempty"`
}

// Agency is one published enforcement body.
type Agency struct {
	ID       string            `json:"id"`
	Name     string            `json:"name"`
	Code     string            `json:"code,omitempty"` // 统一社会信用代码
	Address  string            `json:"address,omitempty"`
	Phone    string            `json:"phone,omitempty"`
	Parent   string            `json:"parent,omitempty"`
	Channels map[string]string `json:"channels,omitempty"`
	Demo     bool              `json:"demo,omitempty"`
}

// The kinds of published lists.
const (
	KindAgency  = "agency"
	KindItem    = "item"
	KindOfficer = "officer"
	KindDuty    = "duty"
	KindBoard   = "board"
	// KindIntegrity is what was last recomputed of the record, and what came out.
	KindIntegrity = "integrity"
	// KindRule are the texts of the agency's own rules, every version.
	KindRule = "rule"
	// KindParam are the numbers that a body below the State laid down, such as the agency's own thresholds.
	KindParam = "param"
	KindCheck = "checklist"
	KindPlan  = "plan"
)

// Entry is one row of a published list as it is stored: JSON, with the version that brought it in its present form.
type Entry struct {
	Agency    string
	Key       string
	JSON      json.RawMessage
	Version   int64
	Published string // day
}

// Change is one version of a published list and its difference to the one before.
type Change struct {
	Agency    string
	Kind      string
	Version   int64
	Published string // day
	Added     []string
	Removed   []string
	Changed   []string
}
