// Package leaf has the one text of an event that a tree hashes, canonical JSON as RFC 8785 has it for the values used here
// (strings and whole numbers), and the salted commitment by which it binds a payload without telling it.
//
// It serves duties 13, 18 and 26 with the ledger (行政处罚法第四十七条: 全过程记录). It imports nothing of the house.
package leaf
