// Package document keeps what is written in a case: drafts that are saved while somebody types, the submissions by which
// a draft travels through several levels of 签批, finished documents that never change again, their gap-free numbers,
// the attachments and scans that belong to them, and the register of seals used.
//
// It serves duties 8, 14 and 15 (行政处罚法第四十七条、第五十二条、第五十九条; GB/T 9704 7.2.5 for numbers). It imports
// access, db, form, law, ledger, pack, refusal, workday and zh.
package document
