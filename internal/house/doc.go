// Package house puts the rooms of one agency together: it opens the store, loads the packs, joins casefile to disclosure so
// that a decision and its blinded entry are one transaction, and runs what works in the background.
//
// It serves every duty by wiring alone and holds no rule. It imports every room; faces and cmd import it.
package house
