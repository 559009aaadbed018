// Package e2e looks at the program as people do: it builds the one binary, lets it live the demonstration's year, and walks
// through portal and desk with a browser. Each of the 32 duties has a scenario that asserts its pages, its records and the
// events of the ledger, on each engine at hand. Of this house it imports db, to look at the rows, and testkit, for a database.
package e2e
