// Package quorum is the agency's side of witnessing: it lays each new checkpoint before the witnesses of the policy, keeps
// what they sign beside it, tells how far the quorum is reached and since when it is not, and holds against the agency what
// a witness says that does not fit. It also has the newest checkpoint stamped once a day by a time-stamp authority (RFC 3161).
//
// The agency's work never waits for a witness: a statutory day for publishing does not move because somebody else's machine
// is down. What is not witnessed says so, with its age, and alarms at a quarter of an hour and at a day.
//
// Serves duties 2, 13 and 26 (国办发〔2018〕118号: 全过程记录; 人民法院在线诉讼规则第十七条). It imports ledger, witness and db.
package quorum
