// Package handover is what happens when somebody leaves: which open cases and unfinished tasks are still his, and how all his
// cases go to others at once. Each case is handed over by the command of casefile, so that the separation of duties holds for
// each (行政处罚法第四十二条、第五十七条、第五十八条); those that cannot go to the receiver are named with the article, the
// others go.
//
// It serves duties 8, 19 and 30. It imports casefile, flow, law, access, refusal and db, and reads the rows of reviews and
// publications for what is unfinished.
package handover
