// Package board is the desk's pages of 任务分工 and 消息: the 32 numbered duties, each with its owner, its light as computed
// from the records or “尚未计量”, and its evidence; and the notices of what waits for the person. Where a duty is kept by texts, by what is undertaken again and again, or by the annual
// return, its records and the acts that make them are on a page of the duty.
//
// It serves all 32 duties by showing them, and duty 28 to 30 (国办发〔2018〕118号（十五）: 协调推进). It imports seat, oversight,
// rulebook, returns, roster, ledger, pack, house, document, review, disclosure, deadline and page.
package board
