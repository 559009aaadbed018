// Package bound binds the rows of the record to the ledger: whatever a command writes in the tables that carry the record, its
// digests stand in an event of the same transaction, so that a row changed past the program is known by it. An import, which
// brings thousands of rows, says itself what it wrote (Form), and they need not be noted and read back.
//
// It serves duties 13 and 18 and is the evidence of the others (行政处罚法第四十七条). It imports db and ledger.
package bound
