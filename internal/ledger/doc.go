// Package ledger keeps the append-only record of every act: events in the transaction they describe, a Merkle tree per
// agency over them (RFC 6962), signed checkpoints (C2SP tlog-checkpoint and signed-note), proofs, and the verification
// that recomputes all of it.
//
// A leaf is canonical JSON (RFC 8785 for the values used here: strings and integers) and names nobody: personal data
// sits in a payload row beside it, of which the leaf holds a salted commitment, so that a payload can be destroyed by
// law while the tree stays whole.
//
// It serves duties 13, 18, 26 and is the evidence of all others (行政处罚法第四十七条: 全过程记录). It imports db only.
package ledger
