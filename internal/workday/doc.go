// Package workday computes every deadline of the system and explains it: State Council
// calendar with 调休, how each statute counts its days, clock stops, roll-over of a
// party's last day, months and years by the corresponding day.
//
// It serves duty 10 (20 and 7 working days to publish), duty 11 (withdrawal), duties 19
// to 25 (the clock of a legal review) and every step of a case that the law limits:
// 行政处罚法第六十条、第六十四条、第八十五条, 行政强制法第六十九条, 行政许可法第八十二条,
// 行政复议法第八十八条, 民事诉讼法第八十五条, 民法典第二百条至第二百零四条.
//
// A Deadline says rule, trigger, length, unit, statute, stops and whose it is; a Calendar
// turns it into a Result with the last day, the first day on which what must wait may be
// done, and whether the day is provisional because a year's holidays are not announced.
// Calendar.Due is cheap (arrays, no day loop) for lists of a million; Calendar.Work adds
// the day by day working that a person can open.
//
// A legal day is an Asia/Shanghai day. The package is pure: it never reads the clock. It
// imports the standard library and zh.
package workday
