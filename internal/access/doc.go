// Package access knows who may do what: accounts, passwords and second factors, sessions, roles, acting for someone on
// leave (AB角), and Can, which answers whether an actor may do an action to a thing and which policy says so.
//
// Policies are readable text in policies/*.cedar. A permit names who does the work; a forbid keeps apart what the law
// keeps apart: who handles a case neither reviews nor approves it (行政处罚法第五十七条、第五十八条), who prepares a
// publication does not check it. What is not permitted is refused.
//
// Every administrative act is an event of the agency's ledger, appended in the transaction of the act; names and logins
// are in its payload, never in its leaf.
//
// It serves duties 13, 18, 19, 20, 29 and the administration of every other (个人信息保护法第五十一条: 访问权限和
// 操作记录). It imports db, ledger, refusal, law and workday; it knows no room.
package access
