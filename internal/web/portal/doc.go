// Package portal is the face that the public sees: what was decided, by whom, on which basis, and what can be done
// against it.
//
// It serves duty 2 (公示平台), 3 (事前公示: 执法事项), 5 (执法人员), 6 (流程图、服务指南), 10 (结果公开) and 11 (撤下留痕), and shows all
// 32 with their owners: 行政处罚法第三十九条、第四十八条, 政府信息公开条例第二十条、第二十三条、第二十四条, 国办发〔2018〕118号.
//
// Every page is readable without script, on a phone, in large type, in high contrast and printed, and is answered from
// memory while nothing has changed. Every filter and every page of a list is in the address.
//
// It imports package public of disclosure and nothing else of any room, so that a fault of a page cannot show a working
// paper; and web, page, table, workday.
package portal
