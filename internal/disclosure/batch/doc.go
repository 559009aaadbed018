// Package batch makes ready, checks and publishes the decisions of one case in one sitting (一案多份决定), so that a case against
// fifty parties is no work of a hundred and fifty pages.
//
// It serves duties 2 and 10. Nothing here decides anything: each decision goes through the commands of disclosure by itself, in a
// transaction of its own, with the rules, the events and the second person that it has alone (行政处罚法第四十八条、第五十条,
// 政府信息公开条例第十七条). What is refused is named with its article and stays; the others go, as with the bulk check of an import.
//
// It imports disclosure, standing, access, law, redact, refusal and db.
package batch
