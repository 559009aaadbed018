// Package envelope is the stored form of what lies at a second place (备份密封): packed, sealed with SM4 or AES under a key that never
// goes there, bound to the name it lies under, and found damaged when a bit of it is another. Without a key it carries a checksum.
//
// It serves duties 13 and 18 with package backup (数据安全法第二十七条). It imports place, for the size of an object, and ledger, for the
// file of a key. SM4 comes from emmansun/gmsm, zstd from klauspost.
package envelope
