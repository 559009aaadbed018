// Package flow holds procedures as tables: states, steps, roles, rules, documents and
// deadlines. The desk offers exactly the steps that a table allows; the public
// flowchart of duty 6 is drawn from the same table.
//
// It serves duties 6, 8, 19 and 25 and 行政处罚法第五章、第六章 (普通程序, 简易程序,
// 听证程序, 执行) and 第五十八条 (法制审核).
//
// It does no IO and reads no clock. It may import the standard library and law.
package flow
