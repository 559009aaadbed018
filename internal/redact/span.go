package redact

// Kind names the sort of personal data a span holds. Its value is the legal term that people read on the screen.
type Kind string

// The kinds of personal data, and the two kinds of public text that guard against false alarms.
const (
	Name         Kind = "姓名"
	IDNumber     Kind = "身份证号"
	Phone        Kind = "电话"
	Address      Kind = "住址"
	BankAccount  Kind = "银行账号"
	Plate        Kind = "车牌"
	Email        Kind = "电子邮箱"
	Passport     Kind = "护照"
	Certificate  Kind = "其他证件号"
	NetAccount   Kind = "网络账号"
	Birth        Kind = "出生日期"
	Minor        Kind = "未成年人"
	Health       Kind = "健康"
	Organisation Kind = "单位名称"     // Public by default: 单位当事人的名称应当公开.
	CreditCode   Kind = "统一社会信用代码" // Public by default.
	OfficerCert  Kind = "执法证号"     // Public: 执法人员信息属于事前公示内容.
)

// Kinds lists the kinds that can be redacted, in the order in which screens show them.
func Kinds() []Kind {
	return []Kind{Name, Minor, IDNumber, Phone, Address, BankAccount, Plate, Email, Passport, Certificate, NetAccount,
		Birth, Health}
}

// Source says which pass found a span.
type Source string

// The passes, strongest evidence first; Manual is a span marked by a person.
const (
	FromKnown     Source = "known"
	FromStructure Source = "structured"
	FromAddress   Source = "address"
	FromName      Source = "name"
	FromManual    Source = "manual"
)

// Span is one piece of personal data in a text. Start and End are byte offsets into the text as it was given, always on
// rune boundaries; Text is exactly the bytes between them.
type Span struct {
	Start  int
	End    int
	Kind   Kind
	Text   string
	Label  string // Label replaces Text when the span is accepted.
	Source Source
	Sure   bool // Sure is false where the finding is a guess that a person must look at closely.
}

// Role is what a known person or organisation is in the case. The zero value is the most protected one.
type Role string

// Roles of known entities; see Policy for what each means for the public text.
const (
	OtherPerson         Role = ""      // 证人、举报人、工作人员亲属等其他自然人
	Party               Role = "当事人"   // the natural person punished or licensed
	LegalRepresentative Role = "法定代表人" // of a party organisation
	Officer             Role = "执法人员"
	MinorPerson         Role = "未成年人"
)

// Known is something that the case already knows: the surest way to find it again.
type Known struct {
	Kind     Kind
	Text     string
	Variants []string // Variants are other spellings: a former name, a foreign name, an abbreviation.
	Role     Role
	Public   bool   // Public text is never marked, and protects what stands inside it from guesses.
	Label    string // Label pins the replacement; empty lets the package choose one by position in the list.
}

// Decision is a person's answer to one span. By is the identifier of the person who decided and may be empty.
type Decision struct {
	Span   Span
	Accept bool
	By     string
}

// Policy says which facts are public. The zero value is invalid for use as a default; take DefaultPolicy and change it.
type Policy struct {
	PartyNameInFull           bool // Show the names of natural-person parties in full (only where a law says so).
	LegalRepresentativePublic bool // 双公示 lists the legal representative by name.
	OfficerPublic             bool // Officers' names and certificate numbers are published beforehand (事前公示).
	BusinessAddressPublic     bool // 经营场所, 注册地址 and 办公地址 are business data, not a home.
	MarkBirth                 bool // Mark dates of birth as unsure spans.
}

// DefaultPolicy is the masking matrix of the rule book: given names masked, organisations and officers shown.
func DefaultPolicy() Policy {
	return Policy{LegalRepresentativePublic: true, OfficerPublic: true, BusinessAddressPublic: true, MarkBirth: true}
}

// public reports whether the policy leaves the known entity in the public text.
func (p Policy) public(k Known) bool {
	switch {
	case k.Role == MinorPerson:
		return false // 未成年人保护法第一百零三条 knows no exception that a flag could grant.
	case k.Public:
		return true
	case k.Kind == Organisation || k.Kind == CreditCode || k.Kind == OfficerCert:
		return true
	case k.Kind != Name:
		return false
	case k.Role == LegalRepresentative:
		return p.LegalRepresentativePublic
	case k.Role == Officer:
		return p.OfficerPublic
	case k.Role == Party:
		return p.PartyNameInFull
	}
	return false
}
