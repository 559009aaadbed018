// Package standing reads, from the rows of the case, how a decision stands at the moment of its publication: the gate of the
// decision and the triggers of the database may have been passed by, and what is published is read by everybody.
//
// It serves duties 10 and 19 (行政处罚法第四十八条、第五十八条). It imports law and db.
package standing
