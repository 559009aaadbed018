package seat

import (
	"net/url"
	"slices"
)

// Sent is why a form is not done now: its page did something before, and what is typed in it now says something else. Nothing of
// either is lost: the page comes again with what was typed and leads to what was done (again under a key of its own).
type Sent struct{ Href string }

func (s Sent) Error() string {
	return "seat: the form was sent before with other words and led to " + s.Href
}

const sentBefore = "这一页先前已经提交并登记过一次，现在填写的内容与那一次不同，还没有登记。先前登记的保持不变；要把现在的内容另外登记一份的，请核对后再次提交。"

// Content is what a form says, without what the page adds by itself.
func Content(typed url.Values, but ...string) string {
	said := url.Values{}
	for name, values := range typed {
		if !slices.Contains(but, name) {
			said[name] = values
		}
	}
	return said.Encode()
}
