// Package submission carries the drafts of a step to those who must sign them (送签、签批): send, receive, sign or return, recall. Each is
// recorded in the story of the case.
//
// It serves duties 8 and 19 (行政处罚法第五十七条、第五十八条: 谁写的不由谁审批). It reads packages book, picture and draft of casefile and writes
// by the room document; what is signed is judged when the step is taken.
package submission
