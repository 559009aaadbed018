// Package gm keeps a second tree over the leaves of every log, with the hash SM3 and the signature SM2 (GB/T 32905, GB/T 32918),
// as agencies under the commercial-cryptography rules need it (密码法, GB/T 39786). The tree has the shape of RFC 6962, so that
// its heads say the same of the same leaves; whoever breaks one hash still stands before the other. Its heads are sealed once a
// day, when the public log states them beside those of the first tree (ROOTS).
//
// It serves duties 13, 18, 26. It imports ledger and db.
package gm
