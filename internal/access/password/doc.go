// Package password keeps passwords as argon2id hashes, compares them in constant time, and says what is wrong with a chosen one.
//
// It serves every duty through the accounts (GB/T 22239—2019, 8.1.4.1 身份鉴别). It imports refusal.
package password
