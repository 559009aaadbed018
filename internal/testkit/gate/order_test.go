package gate_test

// level is one of the five that stop a forbidden order.
type level string

const (
	command     level = "command"     // the commands of casefile and review
	triggers    level = "triggers"    // the gates of the database, on both engines
	record      level = "ledger"      // what the ledger by itself shows
	publication level = "publication" // the commands of disclosure
	second      level = "recheck"     // the second opinion
)

// order is one that the law forbids. At every level there is a trial of it, or a reason why that level by its nature does
// not see it.
type order struct {
	name, cite string
	blind      map[level]string
}

const (
	disclosureActs = "casefile and review have no act on a publication: its commands are those of disclosure, level publication"
	noText         = "an event names the version that is shown and not the rows of the portal; whether they hold it only the rows tell"
)

// forbidden are the orders, each with the article that forbids it.
var forbidden = []order{
	{"a major decision without a review", "行政处罚法第五十八条第一款", nil},
	{"a major decision after its text was returned", "行政处罚法第五十八条第一款", nil},
	{"a major decision after its text was refused", "行政处罚法第五十八条第一款", nil},
	{"a major decision whose review was of another text", "行政处罚法第五十八条第一款", nil},
	{"a major decision on a review that is not the latest", "行政处罚法第五十八条第一款", nil},
	{"a review by the handler", "行政处罚法第五十八条", nil},
	{"a review by who approves", "行政处罚法第五十七条、第五十八条", nil},
	{"an approval by the handler", "行政处罚法第五十七条", nil},
	{"a decision dated before its review", "行政处罚法第五十八条第一款", nil},
	{"a review by somebody without the qualification", "行政处罚法第五十八条第二款",
		map[level]string{record: "who is qualified stands in the roster; an event says who acted, and names no certificate"}},
	{"a decision of another text than the one approved", "行政处罚法第五十七条", nil},
	{"a publication before service", "行政处罚法第四十八条、第六十一条", map[level]string{command: disclosureActs}},
	{"a publication whose maker checked it", "政府信息公开条例第十七条", map[level]string{command: disclosureActs}},
	{"a second publication to rewrite the day", "行政处罚法第四十八条", map[level]string{command: disclosureActs}},
	{"a withdrawal without ground or reason", "行政处罚法第四十八条第二款", map[level]string{command: disclosureActs}},
	{"a text that is back after its withdrawal", "行政处罚法第四十八条第二款", map[level]string{command: disclosureActs, record: noText}},
}
