// Package picture reads a case: its row, parties, documents, drafts, clocks, reviews, approvals, decisions, payments and events
// as they stand at the beginning of an act (Picture), the same as one party's act sees it (Sheet), and the lists of cases
// and decisions. It writes nothing.
//
// It serves duties 8 and 15 (行政处罚法第四十七条, 全过程记录): an act is judged by what the records hold and by nothing else. It imports
// the kernel, db, ledger, access, refusal, the low rooms roster, party, document and deadline, and of casefile package book.
package picture
