// Package disclosure brings decisions to the public in time and takes them down in time.
//
// It serves duty 2 (公示平台), duty 10 (结果公开) and duty 11 (撤销、更新): every decision owes a publication from the
// moment it is made (行政处罚法第四十八条, 国办发〔2018〕118号（六）: seven working days for 许可 and 处罚, twenty for the
// rest); it is prepared by one person and checked by another (政府信息公开条例第十七条), personal data removed
// (行政处罚法第五十条), and when the decision falls it comes down within three working days with the reason said in public
// (第四十八条第二款). What must not be public (政府信息公开条例第十四条至第十六条, 未成年人保护法第一百零三条) is withheld with
// its ground, which is an outcome too.
//
// Every act is one transaction: it is judged by the rows of law, writes the working row, the public rows (tables pub_*,
// read by package public) and one event. Triggers hold the gates again in the database: a day of publication never
// changes, maker and checker differ, nothing is published before service, nothing is deleted.
//
// The search index is filled after the commit from a durable queue, in order, so that it never slows an act; how far it
// lags is shown (package index).
//
// It imports public, journal, index, content, standing, extension, access, ledger, law, flow, form/paper, redact, workday, zh, refusal and db.
package disclosure
