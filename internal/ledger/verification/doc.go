// Package verification has a log verified, both trees of it, and keeps what came out: when it was, how much was read, what did
// not fit. The desk shows the newest to whoever supervises, the integrity page to everybody.
//
// It serves duties 13, 18 and 26. It imports ledger, gm and db.
package verification
