package pack

// Task is one row of a division table (工作责任分工表): the four texts exactly as the agency printed them, who
// answers for it, and which computed check measures it.
type Task struct {
	Code        string `json:"code"` // duty-01 … duty-32 in the founding table
	No          int    `json:"no"`
	Category    string `json:"category,omitempty"`    // 类别
	Subject     string `json:"subject,omitempty"`     // 工作任务
	Measure     string `json:"measure"`               // 具体措施, with its printed number
	Requirement string `json:"requirement,omitempty"` // 具体任务要求
	Owner       string `json:"owner,omitempty"`       // 责任科室 as printed; lines of one cell joined by \n
	// Units are the codes of the units that answer; AllUnits stands for 机关各科室.
	Units []string `json:"units,omitempty"`
	// Check names the computed check; empty means 尚未计量 and is shown so.
	Check string `json:"check,omitempty"`
	// What other agencies' tables have and the founding table has not.
	Deadline string            `json:"deadline,omitempty"` // 完成时限
	Roles    map[string]string `json:"roles,omitempty"`    // 具体分工: draft, comment, approve, file_with, enter, review …
	Rule     string            `json:"rule,omitempty"`     // 谁发生谁录入
	Fields   []string          `json:"fields,omitempty"`   // columns that the list asked for must have
	Columns  map[string]string `json:"columns,omitempty"`  // any further printed column, by its printed head
	Provenance
}

// AllUnits stands in Task.Units for every unit of the agency.
const AllUnits = "*"

// Measured reports whether the program computes this duty from its records.
func (t Task) Measured() bool { return t.Check != "" }

// Table says which document the tasks were taken from.
type Table struct {
	Title     string   `json:"title"`
	Agency    string   `json:"agency"`
	Level     string   `json:"level,omitempty"`
	Region    string   `json:"region,omitempty"`
	DocNo     string   `json:"doc_no,omitempty"`
	Published string   `json:"published,omitempty"`
	Deadline  string   `json:"deadline,omitempty"`
	Form      string   `json:"form,omitempty"` // e.g. 征求意见稿
	Source    string   `json:"source,omitempty"`
	Basis     []string `json:"basis,omitempty"`
	Scope     []string `json:"scope,omitempty"` // classes of acts the table is confined to
	Columns   []string `json:"columns,omitempty"`
	Units     []string `json:"units,omitempty"` // units named for the table as a whole
	Features  []string `json:"features,omitempty"`
	Note      string   `json:"note,omitempty"`
}

// Deliverable is a policy, text or list that the agency must have, e.g. 五个清单, with the fields it must show.
type Deliverable struct {
	Code   string   `json:"code"`
	Kind   string   `json:"kind"`           // 制度, 文本, 清单, 事项
	Task   string   `json:"task,omitempty"` // code of the duty it fulfils
	Title  string   `json:"title"`
	Fields []string `json:"fields,omitempty"`
	Owner  string   `json:"owner,omitempty"`
	// Kept says that the text itself is kept in the program, and Above that it must come from the province or a ministry.
	Kept  bool `json:"kept,omitempty"`
	Above bool `json:"above,omitempty"`
	Provenance
}

// Unit is a division inside an agency (科室 / 内设机构).
type Unit struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Kind   string `json:"kind"`             // 综合, 业务, 法制机构, 窗口, 直属
	Parent string `json:"parent,omitempty"` // code of the unit above, if any
	Review bool   `json:"review,omitempty"` // acts as 法制审核机构
	Provenance
}

// Agency is the body whose pack this is. A real agency enters its own code and portal identifiers at init; the
// demo carries invented ones and says so.
type Agency struct {
	Code       string            `json:"code"`
	Name       string            `json:"name"`
	ShortName  string            `json:"short_name"`
	Level      string            `json:"level"`       // 市级, 县级 …
	Division   string            `json:"division"`    // 行政区划代码
	CreditCode string            `json:"credit_code"` // 统一社会信用代码
	NumberWord string            `json:"number_word"` // 机关代字, e.g. 四民
	Region     string            `json:"region"`
	Government string            `json:"government"` // 本级人民政府
	Superior   string            `json:"superior"`
	Supervisor string            `json:"supervisor"` // 本级司法行政部门
	Court      string            `json:"court"`
	Demo       bool              `json:"demo,omitempty"`
	Columns    map[string]string `json:"columns,omitempty"`
	Provenance
}
