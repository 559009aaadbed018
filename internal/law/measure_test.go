package law

import (
	"testing"

	"mingjing/internal/zh"
)

func TestTheSurchargeIsThreePerCentADayUpToTheFine(t *testing.T) {
	for _, c := range []struct {
		fine zh.Fen
		days int
		want zh.Fen
	}{
		{10000_00, 10, 3000_00}, {10000_00, 33, 9900_00}, {10000_00, 34, 10000_00}, {10000_00, 35, 10000_00},
		{10000_00, 0, 0}, {10000_00, -3, 0}, {0, 10, 0}, {-5, 10, 0},
		{33, 1, 0}, {34, 1, 1}, {zh.MaxFen, 1 << 62, zh.MaxFen}, {zh.MaxFen, 33, zh.MaxFen/100*99 + 98},
	} {
		if got := Surcharge(c.fine, c.days); got != c.want {
			t.Errorf("fine %d, %d days: %d, want %d", c.fine, c.days, got, c.want)
		}
	}
}

func TestReviewersAreFivePerCentRoundedUpAndAtLeastOne(t *testing.T) {
	for officers, want := range map[int]int{-1: 1, 0: 1, 1: 1, 19: 1, 20: 1, 21: 2, 40: 2, 41: 3, 100: 5, 101: 6} {
		if got := ReviewersRequired(officers, 5); got != want {
			t.Errorf("%d officers: %d, want %d", officers, got, want)
		}
	}
	if got := ReviewersRequired(41, 10); got != 5 {
		t.Errorf("41 officers at ten per cent: %d, want 5", got)
	}
}

func TestHarsherGoesByKindThenByAmountOrLength(t *testing.T) {
	order := national(t).Values(on(actDay)).Order()
	kinds := func(amount zh.Fen, months int, k ...PenaltyKind) Penalty {
		return Penalty{Kinds: k, Fine: amount, Months: months}
	}
	for name, c := range map[string]struct {
		a, b Penalty
		want bool
	}{
		"a larger fine":                                         {kinds(2, 0, Fine), kinds(1, 0, Fine), true},
		"the same fine":                                         {kinds(1, 0, Fine), kinds(1, 0, Fine), false},
		"a smaller fine":                                        {kinds(1, 0, Fine), kinds(2, 0, Fine), false},
		"a fine instead of a warning":                           {kinds(1, 0, Fine), kinds(0, 0, Warning), true},
		"a warning instead of a fine":                           {kinds(0, 0, Warning), kinds(900, 0, Fine), false},
		"a licence instead of a large fine":                     {kinds(0, 0, RevokeLicence), kinds(900, 0, Fine), true},
		"a licence revoked instead of a stop":                   {kinds(0, 0, RevokeLicence), kinds(0, 3, SuspendBusiness), true},
		"a stop instead of a licence revoked":                   {kinds(0, 3, SuspendBusiness), kinds(0, 0, RevokeLicence), false},
		"a licence revoked instead of a stop told in own words": {kinds(0, 0, RevokeLicence), ownWords("限期停止活动", SuspendBusiness), true},
		"a stop in own words instead of a licence revoked":      {ownWords("限期停止活动", SuspendBusiness), kinds(0, 0, RevokeLicence), false},
		"a warning added to the same fine":                      {kinds(1, 0, Fine, Warning), kinds(1, 0, Fine), true},
		"the kinds named in another order":                      {kinds(1, 0, Warning, Fine), kinds(1, 0, Fine, Warning), false},
		"a longer suspension":                                   {kinds(0, 4, SuspendLicence), kinds(0, 3, SuspendLicence), true},
		"a longer suspension with a lower fine":                 {kinds(1, 4, SuspendLicence, Fine), kinds(2, 3, SuspendLicence, Fine), true},
		"a kind that the order does not know":                   {kinds(0, 0, "罚站"), kinds(0, 0, Detention), true},
		"anything compared with nothing":                        {kinds(0, 0, Warning), Penalty{}, true},
		"nothing compared with anything":                        {Penalty{}, kinds(0, 0, Warning), false},
		"confiscation counts with the fine":                     {Penalty{Kinds: []PenaltyKind{Fine}, Fine: 1, Confiscated: 1}, kinds(1, 0, Fine), true},
		"the milder of two kinds decides at par":                {kinds(1, 0, Fine, Criticism), kinds(1, 0, Fine, Warning), true},
	} {
		if got := Harsher(order, c.a, c.b); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if SeverityRank(order, Penalty{}) != 0 || SeverityRank(order, kinds(0, 0, Warning)) != 1 || SeverityRank(order, kinds(0, 0, Warning, Detention)) != 13 {
		t.Error("ranks do not follow the order")
	}
}

// ownWords is a penalty that a statute names in words of its own.
func ownWords(name string, kind PenaltyKind) Penalty {
	return Penalty{Kinds: []PenaltyKind{OtherPenalty}, Own: []OwnPenalty{{name, kind}}}
}

func TestPeriodsAreWrittenInChinese(t *testing.T) {
	v := national(t).Values(on(actDay))
	for code, want := range map[string]string{PublishDays: "7个工作日", DecisionDays: "90日", CourtMonths: "3个月", LimitationYears: "2年",
		TransferHours: "24小时", SimpleFineOrg: "3,000.00元", SurchargePercent: "3%", OfficersMin: "2", "lunch_days": "0"} {
		if got := v.Period(code); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
}
