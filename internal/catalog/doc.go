// Package catalog keeps what an agency may do and must do, as its activated pack says: enforcement items with their basis,
// service guides, the review catalogue, the recording list, document numbering, and the duties of the division table. Each
// activation is kept whole, with its day, its hash and its difference to the one before, so that the list of any past day
// can be shown (行政处罚法第三十七条: 实施行政处罚，适用违法行为发生时的规定).
//
// It serves duties 3, 6, 16 and 23 and shows all 32 (政府信息公开条例第二十条: 权责清单主动公开). It imports db, ledger,
// access, refusal, roster, pack and workday. The rules of a case are judged with pack itself; catalog answers people.
package catalog
