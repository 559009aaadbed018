// Package law holds the rules of an administrative penalty as rows and judges facts by them.
//
// A [Rule] cites its article, carries the days between which it is in force and a
// status that says how certain we are of it. A [Param] is a dated number of the law:
// days, amounts, ratios. A [Set] is rules and parameters with the overrides that an
// agency's packs bring; its version is a hash that a case keeps. [Judge] applies the
// rules of one step to the [Facts] of one (case, party) at one day and returns
// [Finding]s; [Blocking] keeps those that forbid the act.
//
// The package serves duties 8, 10, 11, 15 and 19–25 of the division table and
// 行政处罚法 (2021), 行政强制法 第三十五、四十五、四十六、五十三至五十五条,
// 行政复议法 (2023) 第二十至二十三条, 行政执法机关移送涉嫌犯罪案件的规定 (2020),
// and 国办发〔2018〕118号.
//
// It does no IO and reads no clock. It may import the standard library, zh and
// workday; nothing else of this module.
package law
