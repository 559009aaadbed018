package desk

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"mingjing/internal/web/desk/manual"
)

// Whoever stands in a room and does not know the law behind it finds a page that tells it.
func TestEveryRoomOfTheDeskHasAPageOfHelpThatNamesItsArticles(t *testing.T) {
	explained := map[string]string{}
	cite := regexp.MustCompile(`《[^》]+》第[一二三四五六七八九十百]+条|〔\d{4}〕\d+号`)
	var codes []string
	for _, c := range manual.Chapters() {
		codes = append(codes, c.Code)
		for _, room := range c.Rooms {
			explained[room] = c.Code
		}
		text, err := os.ReadFile("manual/text/" + c.Code + ".md")
		if err != nil {
			t.Fatal(err)
		}
		if !cite.Match(text) {
			t.Errorf("the help %q names no article", c.Title)
		}
	}
	for _, room := range railRooms() {
		for _, e := range room.entries {
			if e.href != "/desk/help" && explained[e.href] == "" {
				t.Errorf("%s (%s) has no page of help", e.text, e.href)
			}
			delete(explained, e.href)
		}
	}
	for room, code := range explained {
		t.Errorf("the help %q explains %s, which is no room", code, room)
	}
	// Rooms inside another one, which the rail does not name.
	for _, inner := range []string{"rulebook", "return", "duty", "witness", "backup", "parameter"} {
		if !slices.Contains(codes, inner) {
			t.Errorf("there is no help %q", inner)
		}
	}
}
