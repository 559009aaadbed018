// Package party keeps the persons and organisations that a case is about: who they are, where each one's own track
// stands, and what was decided against them before (同一违法行为、首违不罚 need the history).
//
// It serves duties 8, 10 and 15 (行政处罚法第二十九条、第三十条、第三十三条). It imports db, flow, form, law, workday and zh.
package party
