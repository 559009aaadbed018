// Package lawreview is the desk's pages of 法制审核: what waits for a reviewer, one review with exactly the text that is under
// review and its hash, the nine points and the verdict, return, counsel, extension, and the dispute with its own clock.
//
// It serves duties 19 to 25 (行政处罚法第五十八条; 国办发〔2018〕118号（十一）至（十四）). The rules are those of package review.
// It imports seat, review, form, document, access and page.
package lawreview
