// Package casefile carries a penalty case from its lead to its archive. It knows one act, Take: load the case, fold its
// documents and events into law.Facts for each party, judge the rules that the flow table binds to the step, and either
// refuse with every finding and its article, or write documents, numbers, states, clocks and events in one transaction.
//
// It serves duties 8 and 15 and gives 3, 5, 10, 13, 18, 19 and 23 their facts (行政处罚法第五章、第六章). It imports the
// kernel, db, ledger, access, refusal, job, roster, and the low rooms document, party and deadline; review and disclosure
// learn of a case by its events and documents, and casefile of theirs.
package casefile
