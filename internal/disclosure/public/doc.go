// Package public reads what an agency has published: publications with their search, the ex-ante lists, the counts.
//
// It serves duty 2 (公示平台), duty 3 and 5 (事前公示), duty 10 (结果公开) and duty 11 (撤下留痕): 行政处罚法第三十九条、第四十八条,
// 政府信息公开条例第二十三条、第二十四条 (search, view and download), 国办发〔2018〕118号.
//
// The portal has no other source. The package reads the tables whose names begin with pub_, the public log of disclosure, the
// signed checkpoints of the ledger with what outsiders signed of them, and nothing else, so that a fault of a page cannot show a working paper. Package
// disclosure writes these tables, in the transaction of the act.
//
// It imports journal, ledger with quorum and gm, db, zh and workday.
package public
