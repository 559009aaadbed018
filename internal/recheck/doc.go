// Package recheck recomputes from the raw rows what the rooms have decided, counted, published and recorded, and says what
// does not fit: every decision against its text, review, approval, notice and service, every last day from its calendar,
// every publication from its decision to its public rows, every number series, every row of the record against the
// ledger's last word about it, and the ledger itself up to its signed roots.
//
// It is a second opinion. It shares no code with what it judges: its own SQL, its own reading of leaves, its own SHA-256,
// HMAC and RFC 6962 hashing, its own day arithmetic over the announced calendar. Two programs that agree by chance are
// rare; one program that agrees with itself proves nothing (行政处罚法第五十八条; 国办发〔2018〕118号（七）).
//
// The triggers stop mistakes, the ledger stops insiders who cannot sign; who holds database and key can write a new history
// that fits together, and only a checkpoint kept elsewhere tells. Options.Known takes one.
//
// It serves duties 1, 10, 13, 19 and 26. It imports db, and calendar of its own, and nothing else of the house.
package recheck
