// Package extension moves the last day for publishing a decision (推迟公示): what is asked for, the new day by the clock with the
// time of a third party left out, and the rows and the clock that keep it.
//
// It serves duty 10 (政府信息公开条例第十五条、第三十二条、第三十三条第三款; docs/adr/0007). It imports deadline, law, refusal, workday and db.
package extension
