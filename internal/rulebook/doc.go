// Package rulebook keeps the texts of an agency's own rules in their versions: the disclosure regime, the guide to what
// officers say, the data standard and sharing catalogue. Which texts there must be, and what each must lay down, the pack says
// (package pack, Deliverable).
//
// It serves duties 1, 17 and 27 (行政处罚法第三十九条, 国办发〔2018〕118号（四）). It imports pack, workday, db, ledger, access and refusal.
package rulebook
