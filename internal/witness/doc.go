// Package witness is what bodies outside the agency (司法局, 公证处, 高校) run and what is agreed with them: a witness that
// co-signs the checkpoint of a log only where it extends the one it signed last (C2SP tlog-witness, tlog-cosignature), the
// request and the answer as they go over the network or on removable media, and the policy that says how many of which
// witnesses must have signed (C2SP tlog-policy).
//
// An agency that keeps its record to itself can write it anew, whatever its database forbids; one whose heads stand with
// others cannot. Serves duties 2, 13 and 26 (人民法院在线诉讼规则第十七条: whether a platform with an interest could
// have interfered; 国办发〔2018〕118号 全过程记录).
//
// It knows nothing of the agency's store and imports no other part of the house, so that whoever checks the house shares no
// code with what is checked.
package witness
