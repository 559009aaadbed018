package law

import "testing"

// TestTheKnownBypassesAreEachHeldByARule walks through the ways round the review and the
// hearing that the issue lists. The order of steps and direct SQL are held by flow and db.
func TestTheKnownBypassesAreEachHeldByARule(t *testing.T) {
	set := national(t)
	major := func(f *Facts) { f.Major, f.TriggersHit = true, []string{"较大数额罚款"} }
	for name, c := range map[string]struct {
		rule  string
		given func(*Facts)
	}{
		"notifying twice with the same text to reset a hearing":  {"CF-61c", func(f *Facts) { f.NoticeChanged = false }},
		"notifying anew while a requested hearing is owed":       {"CF-61c", func(f *Facts) { f.HearingRequested = true }},
		"deciding after a new notice without the hearing asked":  {"CF-61b", func(f *Facts) { f.HearingRequested, f.NoticesServed = true, 2 }},
		"an empty panel record":                                  {"CF-38b", func(f *Facts) { f.Complex, f.PanelMinutes = true, 0 }},
		"a panel of one":                                         {"CF-38b", func(f *Facts) { f.Complex, f.PanelAttendees, f.PanelFor = true, 1, 1 }},
		"a panel without votes":                                  {"CF-38b", func(f *Facts) { f.Complex, f.PanelFor = true, 0 }},
		"publishing before service":                              {"CF-26c", func(f *Facts) { f.ServiceEffective = on("") }},
		"publishing before a service takes effect":               {"CF-26c", func(f *Facts) { f.ServiceEffective = on(later) }},
		"publishing twice to rewrite the date":                   {"CF-26d", func(f *Facts) { f.Published = on("2026-10-30") }},
		"reviewing an older draft":                               {"CF-36b", func(f *Facts) { major(f); f.ReviewTextHash = "older" }},
		"changing the text after the review":                     {"CF-36b", func(f *Facts) { major(f); f.TextHash = "newer" }},
		"approving one's own review":                             {"SH-05b", func(f *Facts) { f.Approver = f.Reviewer }},
		"reviewing one's own case":                               {"SH-05", func(f *Facts) { f.Reviewer = f.Handler }},
		"approving one's own case":                               {"SH-05c", func(f *Facts) { f.Approver = f.Handler }},
		"approving one text and deciding another":                {"CF-37c", func(f *Facts) { f.ApprovalTextHash = "other" }},
		"a decision harsher because of a defence":                {"CF-29c", func(f *Facts) { f.DefenceReceived, f.Final.Fine = true, f.Proposed.Fine+1 }},
		"a decision harsher than the last notice":                {"CF-28c", func(f *Facts) { f.NewFacts, f.Final.Fine = true, f.Notified.Fine+1 }},
		"calling a triggered decision minor":                     {"CF-36c", func(f *Facts) { f.TriggersHit = []string{"涉外"} }},
		"calling a triggered decision minor, without review":     {"CF-36", func(f *Facts) { f.TriggersHit, f.ReviewVerdict = []string{"涉外"}, VerdictNone }},
		"not looking into the catalogue":                         {"CF-36a", func(f *Facts) { f.CatalogueChecked = false }},
		"deciding while the review is disputed":                  {"SH-06", func(f *Facts) { f.DisputeOpen = true }},
		"passing a review without answering the nine points":     {"SX-29", func(f *Facts) { f.ChecklistAnswered = 0 }},
		"publishing what one has prepared oneself":               {"XG-05b", func(f *Facts) { f.Checker = f.Publisher }},
		"naming the same officer twice":                          {"CF-20", func(f *Facts) { f.Officers[1].ID = f.Officers[0].ID }},
		"dating an act into the future":                          {"SX-17a", func(f *Facts) { f.Occurred = on(later) }},
		"dating an act before its predecessor":                   {"SX-17b", func(f *Facts) { f.Occurred = on("2026-01-05") }},
		"claiming a waiver that nobody signed":                   {"CF-29b", func(f *Facts) { f.DefenceWaived = true }},
		"deciding on the last day of the hearing window":         {"CF-61", func(f *Facts) { f.HearingRight = true; f.HearingRequestDue.Day = on(actDay) }},
		"deciding in place of a criminal court":                  {"CF-12", func(f *Facts) { f.CrimeSuspected = true }},
		"withdrawing without telling the public why":             {"CF-26b", func(f *Facts) { f.WithdrawReason = "" }},
		"putting an annulled decision on the portal":             {"CF-26e", func(f *Facts) { f.Annulled = true }},
		"splitting a fine to stay below the on-the-spot limit":   {"CF-15", func(f *Facts) { f.FinedForSameAct = true }},
		"a reviewer without qualification on a first assignment": {"CF-39", func(f *Facts) { f.ReviewerQualified = false }},
	} {
		t.Run(name, func(t *testing.T) {
			f := with(c.given)
			if len(Blocking(Judge(set, on(actDay), []string{c.rule}, &f))) != 1 {
				t.Errorf("%s lets it pass", c.rule)
			}
			r, _ := set.Rule(c.rule)
			if r.Override != nil {
				t.Errorf("%s can be overridden", c.rule)
			}
		})
	}
}

func TestAnAnnouncedServiceLetsThePublicationGoOutWithIt(t *testing.T) {
	f := with(func(f *Facts) { f.ServiceMode, f.ServiceEffective = ServedPublic, on(later) })
	if breaks(national(t), "CF-26c", f) {
		t.Error("公告送达 itself publishes; the publication must not be refused")
	}
}

func TestAHarsherPenaltyMayFollowNewFactsAndANewNotice(t *testing.T) {
	set := national(t)
	f := with(func(f *Facts) { f.NewFacts, f.Notified, f.Final = true, fine(5000_00), fine(5000_00) })
	for _, code := range []string{"CF-28c", "CF-29c"} {
		if breaks(set, code, f) {
			t.Errorf("%s refuses what DECISIONS §14 allows", code)
		}
	}
}
