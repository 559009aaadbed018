// Package backup carries the store to a second place and brings it back: a set of pieces named by their content, a signed
// manifest for each backup, segments of the ledger shipped as it grows, and a restore that accepts only what verifies
// against the last checkpoint known.
//
// It serves duties 13, 16 and 18 (全过程记录, 案卷归档; 行政处罚法第四十七条: 归档保存; 数据安全法第二十七条: 采取相应的技术措施和其他必要
// 措施，保障数据安全) and by its weekly drill what the public is told of the record's safety.
//
// A piece that lost a bit, was swapped or was left out is named and nothing is put in place. A store that lacks part of
// its history is opened read-only until a person accepts the loss, which the ledger then says for ever.
//
// The package is spine: it imports place, envelope, db, ledger and blob.
package backup
