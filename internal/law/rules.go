package law

import "slices"

// Rules returns every row of the law, in the order in which a case meets them.
func Rules() []Rule {
	return slices.Concat(
		recordRules(), subjectRules(), rangeRules(), correctionRules(), entrustmentRules(), timeRules(), officerRules(),
		evidenceRules(), crimeRules(), discretionRules(), leniencyRules(),
		noticeRules(), hearingRules(), hearingConductRules(),
		gateRules(), routeRules(), reviewerRules(), separationRules(),
		panelRules(), decisionRules(), simpleRules(),
		serviceRules(), disclosureGates(), standingRules(), extensionRules(), withdrawalRules(), paymentRules(), courtRules(), closingRules(),
	)
}
