// Package job keeps work that follows an act: publishing what falls due, indexing, reminding. It is queued in the
// transaction of its cause, so that neither is without the other, and done after it, again and again until it succeeds.
// Work that comes round is scheduled by the store's clock, which a demonstration can move.
//
// A handler may run more than once for one row (the process may die between the work and its receipt), so it either can
// bear that or calls Complete in its own transaction.
//
// It serves every duty with a date: 2, 10, 11, 12, 25, 26, 30. It imports db and workday. Why it is no library stands
// in docs/adr/0003-own-job-table.md.
package job
