// Package pass makes the random secrets that accounts are opened with, a session's and a one-time setup code, and what the store
// keeps of them.
//
// It serves every duty through the accounts (GB/T 22239—2019, 8.1.4.1 身份鉴别). It imports nothing of the house.
package pass
