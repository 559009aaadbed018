// Package zh reads and writes the codes, numbers, amounts and days that Chinese
// administrative documents are made of: 统一社会信用代码 (GB 32100-2015),
// 组织机构代码 (GB 11714), 公民身份号码 (GB 11643), 文号 (GB/T 9704-2012, 7.2.5),
// 金额 in 分 with its 大写, civil days in every usual spelling, and pinyin order.
//
// It serves duty 8 (documents given at the scene name the party rightly), duty 10
// (a published decision carries a checkable code and number), duty 15 (documents
// in the prescribed wording) and the search boxes of every face.
//
// Two habits hold throughout. ParseX is strict: it accepts the form in which a
// value is stored and refuses everything else with a *Fault whose Chinese message
// names what is wrong and what is expected. NormaliseX takes what a person or a
// spreadsheet gives (lower case, full width, spaces, old lengths) and returns the
// text that ParseX wants; it never judges. A form calls NormaliseX, shows the
// person the result, and stores what ParseX returns. Texts that are spelt in many
// lawful ways (文号, amounts, days) have a forgiving ParseX only.
//
// Hiding personal data is the work of package redact, not of this one.
//
// The package is pure: no clock, no files. It imports the standard library,
// golang.org/x/text and go-pinyin's table, and nothing of ours.
package zh
