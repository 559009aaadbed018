// Package table shows lists: columns, filters and sorting are declared once, and the page, the Excel file and the CSV file
// come out of the same declaration, so that an export is exactly what is shown.
//
// It serves every duty that is a list, and duty 12 (统计) with the exports. Every filter, sort and page lives in the
// address. Sorting and filtering are done by the room that reads the rows; this package only says which were chosen, and
// passes on no name that was not declared.
//
// It imports page for the pieces a list ends in.
package table
