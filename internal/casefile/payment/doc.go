// Package payment works out what a party owes of a decision and how it is to be paid: the plans of a fine that was put off or
// divided, what was paid and given back, the late fee, and the 复议 and 诉讼 on which that fee stands still. It also tells what
// cannot be true of a payment, a refund or a plan that somebody enters. All money is in 分.
//
// It serves duties 8 and 13 (行政处罚法第六十六条、第六十七条、第七十二条至第七十四条; 行政强制法第五十三条). It reads packages book and picture of
// casefile and the kernel, and writes nothing: the acts that take money are casefile's.
package payment
