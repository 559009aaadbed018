// Package world builds a whole bureau for tests: an agency with its units, officers, certificates, reviewers and heads,
// all with invented names, the rooms on one store, and cases that are lived through by the real commands, stage by stage.
// Nothing in it writes a row past the rooms, so a test that needs a case to stand somewhere gets one that may stand there.
//
// It serves every duty by the tests that use it (8, 10, 15, 19–25 first). It may import the rooms; only tests import it.
package world
