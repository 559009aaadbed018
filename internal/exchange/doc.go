// Package exchange brings data of other systems in: the past decisions of an agency become publications.
//
// It serves duty 26 and 27 (数据共享, 系统对接) and fills duty 2 and 10 from the first day (国办发〔2018〕118号（六）: 执法结果
// 公示; 政府信息公开条例第四十一条: what is wrong is to be corrected, so everything doubtful in a row is said).
//
// A file is read once, in bounded pieces: CSV in any encoding that offices use, XLSX, JSON lines. A row that cannot be
// taken is reported and never stops the others; what a title or a body yields (a number, a day) is taken from there and
// said. Rows are written in batches, each a transaction with its event and with how far the file was read, so that a
// killed import goes on where it stopped and nothing is half done. Imported decisions wait for a check by a second
// person before anybody else sees them.
//
// It imports disclosure, access, ledger, redact, refusal, workday, zh and db.
package exchange
