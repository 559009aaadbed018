// Package db opens the store and runs transactions on it.
//
// One portable SQL subset serves SQLite and PostgreSQL: $n placeholders, app-made sortable text ids,
// money as integer 分, times as UTC text, days as YYYY-MM-DD, no JSON operators, every list limited.
// The few differences (placeholders, error codes, search, triggers) live here and nowhere else.
//
// On SQLite one goroutine writes. It gathers the commands that wait, runs each but the first in a savepoint of its own
// with one instant as its time, commits them together with a full sync, and only then acknowledges each
// (group commit). On PostgreSQL a command takes the advisory lock of its scope, usually an agency, so that
// the commands of one agency follow one another and agencies do not queue behind each other.
//
// It serves every duty and knows none: no legal word appears here. It imports the two drivers, the
// migration runner and the standard library; of this house it imports nothing.
package db
