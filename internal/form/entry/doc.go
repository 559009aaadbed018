// Package entry holds what can be entered into a document: the description of a
// field, one file for each type of field, the conditions between fields, and the
// shapes of values. Package form builds kinds of documents on it.
//
// It serves duty 15 (format standard): a code, an identity number, an amount, a
// date is read, checked and said in one way in every document. It is kernel and
// imports the standard library, golang.org/x/text and internal/zh.
package entry
