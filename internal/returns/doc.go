// Package returns counts what an agency decided in a year and keeps the annual return that it sent to 司法行政部门.
//
// It serves duty 12: by 31 January of the following year (工作责任分工表第12项). The figures are computed from the decisions when
// the return is sent and kept with it; what was done on paper outside the program is entered beside them. It imports law, zh,
// workday, db, ledger, access and refusal.
package returns
