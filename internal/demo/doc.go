// Package demo lives a year in an invented bureau through the real commands: cases opened, refused, returned by legal
// review, heard, decided, served, published, withdrawn, and some that are late. Nothing is written past a command, so the
// demonstration shows what the program does and nothing else. All names are invented.
//
// It serves every duty by showing it. It imports house and the rooms; only cmd and tests import it.
package demo
