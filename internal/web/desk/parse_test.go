package desk_test

import (
	"testing"

	"mingjing/internal/web/desk"
	"mingjing/internal/web/desk/attachment"
	"mingjing/internal/web/desk/board"
	"mingjing/internal/web/desk/casework"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/handover"
	"mingjing/internal/web/desk/intake"
	"mingjing/internal/web/desk/lawreview"
	"mingjing/internal/web/desk/manual"
	"mingjing/internal/web/desk/office"
	"mingjing/internal/web/desk/party"
	"mingjing/internal/web/desk/publication"
	"mingjing/internal/web/desk/record"
	"mingjing/internal/web/page"
	"mingjing/internal/web/portal"
)

func TestEveryPageOfTheProgramParses(t *testing.T) {
	for name, open := range map[string]func() (*page.Engine, error){
		"desk": desk.Engine, "attachment": attachment.Engine, "board": board.Engine, "casework": casework.Engine, "dossier": dossier.Engine, "handover": handover.Engine, "intake": intake.Engine,
		"lawreview": lawreview.Engine, "manual": manual.Engine, "office": office.Engine, "party": party.Engine, "publication": publication.Engine,
		"record": record.Engine, "portal": portal.Engine,
	} {
		pages, err := open()
		if err == nil {
			err = pages.Check()
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
