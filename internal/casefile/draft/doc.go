// Package draft holds what is being written for a step of a case: the papers of an act for each party (handed in, else drafted, with
// the party and what its approval says put in), whether they are there, whole and speak of the text that stands now, who may write
// them, and the saving of a draft, which voids the review whose text it changes.
//
// It serves duties 8, 15 and 19 (行政处罚法第四十七条、第五十七条、第五十八条). It reads packages book, picture and prefill of casefile; it writes by
// the rooms document and deadline, ends the row of a review, and appends its events.
package draft
