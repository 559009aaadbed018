// Package casefile carries a penalty case from its lead to its archive. It knows one act, Take: load the case, fold its
// documents and events into law.Facts for each party, judge the rules that the flow table binds to the step, and either
// refuse with every finding and its article, or write documents, numbers, states, clocks and events in one transaction.
//
// What it stands on lies in packages of its own: book (what cases are handled by), picture (a case as it is read), payment (what is
// owed and paid), facts (what the rules are judged on), prefill (what goes into a new paper), draft (the papers of an act while they
// are written) and submission (their way to those who sign). Each imports only those before it.
//
// It serves duties 8 and 15 and gives 3, 5, 10, 13, 18, 19 and 23 their facts (行政处罚法第五章、第六章). It imports the
// kernel, db, ledger, access, refusal, job, roster, and the low rooms document, party and deadline; review and disclosure
// learn of a case by its events and documents, and casefile of theirs.
package casefile
