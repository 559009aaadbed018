// Package review is 重大执法决定法制审核: the handler submits a text with its materials, a reviewer answers nine points and
// gives a verdict on exactly that text, and a disagreement is settled in writing. A change of the text voids the review.
//
// It serves duties 19 to 25 (行政处罚法第五十八条; 国办发〔2018〕118号（十一）至（十四）). It imports casefile, whose stream it
// writes on, the low rooms document and deadline, roster, access, ledger and the kernel.
package review
