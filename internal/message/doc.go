// Package message tells a person what waits: papers to sign, reviews, publications to make, check, publish or take down,
// days that come near, logs that no outsider has signed. Messages are derived from the records each time and never stored, so that none can be stale; only
// what the person has seen is kept.
//
// It serves duties 8, 10, 11, 19, 25 and 30 (国办发〔2018〕118号: 督促按期办理). It imports access, backup, deadline, disclosure, document, handover,
// ledger/quorum,
// review, workday and db.
package message
