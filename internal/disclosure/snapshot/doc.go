// Package snapshot publishes the lists that are public beforehand (事前公示): the agency, its items with basis and guide, its
// officers with their certificates, the measured duties; each in versions, with the difference to the one before.
//
// It serves duties 3, 5 and 6 and the public part of 28 to 32: 国办发〔2018〕118号（四）.
//
// It imports journal, public, ledger, workday, refusal and db.
package snapshot
