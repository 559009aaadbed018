// Package record is the desk's pages of 台账: every act that the ledger holds with its proof, the signed checkpoints, a full
// verification that can be left and found again, the register of seals, and who looked at personal data.
//
// It serves duties 13, 18 and 26 (行政处罚法第四十七条, 个人信息保护法第五十一条、第五十四条). It imports seat, ledger, document,
// access, job and page.
package record
