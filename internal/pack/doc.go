// Package pack loads 专案包: effective-dated data that says what one country, province, city or agency
// adds to the program – duties, units, enforcement items, review triggers, discretion tiers, document
// numbering, retention, texts and parameter overrides. Another agency is another folder, never another build.
//
// # Layers
//
// Packs are layered national → province → city → agency. A lower pack may add rows, fill what an upper row
// left open, and tighten a figure in the direction that figure declares (see directions.go). It may loosen or
// rewrite a stated field only where the upper row lists that field under may_loosen. Everything else is a
// conflict, which stops the load and names both files: 行政处罚法第十一条 and 第十二条 allow a lower norm to
// make concrete what an upper one laid down, within the kinds and ranges it laid down, and nothing more.
//
// # Certainty
//
// Each row carries a Status. Rows that are verified (read in the official text) or adopted (an agency's own
// published document stands behind them) may block an act; memory and draft rows only warn.
//
// # What it serves
//
// Duties 1–32 (the division table itself), and in particular 3, 4, 6, 8, 11, 16, 18, 20, 23, 24 and 25;
// 行政处罚法第九条 (kinds), 第三十三条 and 第三十四条 (no penalty, discretion), 第五十八条 (legal review),
// 第六十三条 (hearing). The hash of the loaded files is put on the ledger when a pack is activated, so a
// case can always show which data it was judged by.
//
// # Imports
//
// The standard library, the kernel (law) and github.com/expr-lang/expr. It reads only the fs.FS it is given:
// no clock, no database, no network.
package pack
