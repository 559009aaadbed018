// Package facts folds the picture of a case into law.Facts for one party, or for the case as a whole: what the rules of a step
// are judged on. A file holds the facts of a part of the procedure: facts.go those of the case, its officers, evidence and crimes,
// party.go notice and hearing, decision.go review, decision and service, range.go the range of a fine, end.go payment and closing.
//
// It gives duties 3, 5, 8, 10, 13, 15, 18, 19 and 23 their facts (行政处罚法第五章、第六章). It reads packages book, picture and payment of
// casefile and the kernel, asks no database and no clock, and judges nothing: that is law.Judge.
package facts
