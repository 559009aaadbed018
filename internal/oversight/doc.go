// Package oversight computes the board of duties: for each of the numbered duties that can be measured from the records, a
// light with its value, its formula, a sample of what stands behind it and the time. Nothing is entered by hand.
//
// It serves duties 28 to 32 by showing the others (2, 3, 5, 6, 8, 10, 11, 13, 15, 18 to 21, 23 to 26 are computed;
// rulebook §9). It imports catalog, roster, review, form, law and db, and reads the rows of the other rooms without ever
// writing.
package oversight
