// Package hostile holds the tests that bring everything people may type, send or upload with bad intent, or merely by
// accident, to the whole program: every text field of every form that its own pages offer, every list that can be taken
// along as a file, every address of the API, every intake of files, and the pages in a real browser afterwards.
//
// What lies beside the checkout (shared/real/security, shared/real/malformed) is read where it is at hand and never copied;
// the Chinese oddities of this package are its own and always run. MINGJING_FULL makes every payload pass every kind of
// field; the inner loop takes a sample of them.
package hostile
