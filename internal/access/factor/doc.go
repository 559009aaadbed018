// Package factor makes second factors, compares their codes and keeps their secrets sealed: whoever reads the database, a copy of it or its log, reads
// none. The key lies beside the data, as the key of the ledger does, and never in it (duties 18 and 19; 个人信息保护法
// 第五十一条第三项: 加密等安全技术措施; RFC 6238, 5.1).
//
// It imports ledger, for how a key file is written, and db.
package factor
