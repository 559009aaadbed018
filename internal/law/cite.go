package law

import "mingjing/internal/workday"

// The texts that rules cite. Versions are those read in the rulebook's sources.

func penaltyLaw(article string) Cite { return Cite{"《行政处罚法》", article, "2021年修订"} }

func compulsionLaw(article string) Cite { return Cite{"《行政强制法》", article, "2011年"} }

func reconsiderationLaw(article string) Cite {
	return Cite{"《行政复议法》", article, "2023年修订"}
}

func civilProcedure(article string) Cite {
	return Cite{"《民事诉讼法》", article, "2023年修正"}
}

func transferRules(article string) Cite {
	return Cite{"《行政执法机关移送涉嫌犯罪案件的规定》", article, "2020年修订"}
}

func disclosureRules(article string) Cite {
	return Cite{"《政府信息公开条例》", article, "2019年修订"}
}

func threeSystems(article string) Cite {
	return Cite{"《国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见》", article, "国办发〔2018〕118号"}
}

// The days on which those texts came into force.
const (
	penaltyFrom         = "2021-07-15"
	compulsionFrom      = "2012-01-01"
	reconsiderationFrom = "2024-01-01"
	civilFrom           = "2024-01-01"
	transferFrom        = "2020-08-07"
	disclosureFrom      = "2019-05-15"
	threeSystemsFrom    = "2018-12-05"
)

// since fills the columns that most rows of one text share.
func since(from string, rows ...Rule) []Rule {
	for i := range rows {
		if rows[i].From.IsZero() {
			rows[i].From = on(from)
		}
		if rows[i].Status == "" {
			rows[i].Status = Verified
		}
	}
	return rows
}

// on reads a day of this package's own tables; a misprint gives the zero day, which the
// table test refuses.
func on(text string) workday.Day {
	day, err := workday.ParseDay(text)
	if err != nil {
		return workday.Day{}
	}
	return day
}

// when returns the message if the rule is broken.
func when(broken bool, message string) string {
	if broken {
		return message
	}
	return ""
}
