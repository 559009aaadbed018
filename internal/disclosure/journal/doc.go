// Package journal is the public log of disclosure (公示日志): one append-only list for each agency of what it made public,
// corrected, withheld and took down, beginning with a blinded entry for every decision in the decision's own transaction.
// From it anybody can count what was decided, what of it is not yet public and what is late, without seeing what is in it.
//
// The log is a tree of its own in the ledger (name AGENCY/public), with the ledger's leaves, checkpoints and proofs; nothing
// in its leaves is personal, and unlike the agency's inner record it is served whole to whoever asks (C2SP tlog-tiles).
// Persons are not named in it: who prepared and who checked stands in the inner record.
//
// It serves duty 2 (公示平台), 10 (结果公开), 11 (撤下留痕) and 26 (数据可核验): 行政处罚法第四十八条, 国办发〔2018〕118号（六）.
//
// It imports ledger and db.
package journal
