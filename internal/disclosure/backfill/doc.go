// Package backfill enters into an agency's public log what was decided and published before there was one (补登), each entry
// marked with the day on which it was entered.
//
// It serves duties 2 and 26: from then on anybody can count the older decisions too (行政处罚法第四十八条), and nobody takes their
// entries for ones of their time. It imports journal, ledger, workday and db.
package backfill
