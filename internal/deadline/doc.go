// Package deadline keeps the clocks of a case: the rule that set each, its trigger, its stops, the day it ends, and
// whether it was met. A day is always computed by workday and can be worked again in front of the reader.
//
// It serves duties 8, 10, 11, 15 and 25 (行政处罚法第八十五条). It imports db, law and workday.
package deadline
