// Package past takes decisions of before the system in: it tells one that is there already from a new one, and writes the new
// ones as publications that wait for their check by a second person. A row that the database refuses stands alone in the end,
// with the reason as a person may read it.
//
// It serves duty 2 and 10 (国办发〔2018〕118号（六）: 执法结果公示) and duty 26 (数据共享). It imports content, ledger (with bound), redact, zh and db.
package past
