// Package dossier is the desk's pages of what a case leaves behind: its documents on their sheets and as PDF, its files, the
// story of its events with their proof in the ledger, and the dossier as a ZIP or bound as one PDF.
//
// It serves duties 8, 13, 14 and 18 (行政处罚法第四十七条, 全过程记录). Whoever may see a case may see these: in
// clear where the policies let the person see personal data, and the look is recorded first; masked otherwise, and files,
// which cannot be masked, not at all. It imports seat, casefile, document, form, paper, redact, blob, ledger and access, and
// holds no rule.
package dossier
