// Package blob keeps the bytes of evidence, recordings and attachments in a folder, each file under the SHA-256 digest of
// its content.
//
// It serves duties 13, 16 and 18 (全过程记录, 音像记录, 案卷归档; 行政处罚法第四十六条, 第四十七条): what was recorded is never changed.
// A file is written beside its place, synced, linked under its digest and made read-only; reading recomputes the digest,
// so a flipped bit is an error and never silently another evidence. The ledger holds the digest, this package the bytes.
//
// Sniff and CheckOffice are the gate for uploads: a short allow-list of kinds whose content must match the file name, and
// bounds on what an office file may unpack to. Their refusals are Unfit, a Chinese sentence for the screen.
//
// The package is spine: small IO, no legal words on its interface, no clock. It imports the standard library only.
package blob
