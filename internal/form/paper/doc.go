// Package paper is a document set for paper: a list of styled blocks that HTML
// print, PDF and the public copy are all made of, so that they cannot say
// different things (duties 8 and 15). It knows no kind of document and no law.
//
// It is kernel and imports the standard library only.
package paper
