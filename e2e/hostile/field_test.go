package hostile

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"mingjing/internal/form/entry"
)

// dealer deals the corpus out to the kinds of fields, each kind on its own round through all of it.
type dealer struct {
	corpus []string
	at     map[string]int
}

func (d *dealer) next(control string) string {
	text := d.corpus[d.at[control]%len(d.corpus)]
	d.at[control]++
	return text
}

// through tells that every kind of field that people write in has had the whole corpus.
func (d *dealer) through(kinds []string) bool {
	return !slices.ContainsFunc(kinds, func(kind string) bool { return d.at[kind] < len(d.corpus) })
}

// spares are the forms that would end what the test needs: the session, the account, the password, the clock.
func spares(f form) bool {
	for _, part := range []string{"/desk/account/password", "/desk/account/acting", "/sessions/", "/disable", "/desk/setup", "/revoke", "/reviewers/{}/end"} {
		if strings.Contains(shape(f.action), part) {
			return true
		}
	}
	return false
}

// tally is what came of the posts.
type tally struct{ sent, stored, refused, kept, fields int }

func TestWhatIsTypedIntoAnyFieldIsStoredOrRefusedWithAReasonAndNothingBreaks(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		people := b.everybody()
		forms := b.offered(people)
		d := &dealer{corpus: corpus(t), at: map[string]int{}}
		kinds := []string{"line", "area", "search"}
		rounds, most, searches := 0, 1, 1
		if full() {
			most, searches = 20, 20 // there are few search boxes
		}
		var sum tally
		for ; rounds < most && !d.through(kinds); rounds++ {
			for _, f := range forms {
				if !spares(f) && (rounds == 0 || slices.ContainsFunc(f.fields, field.words)) {
					for range max(1, searches*f.has("search")) {
						people[f.login].fill(t, f, d, &sum)
					}
				}
			}
		}
		if full() && !d.through(kinds) {
			t.Errorf("not every text went through every kind of field: %v of %d", d.at, len(d.corpus))
		}
		t.Logf("%d rounds over %d forms, %v: %d texts sent in %d posts and searches, %d answered with a page or a deed, %d refused with what was typed kept in %d fields; dealt %v of %d",
			rounds, len(forms), fieldsOf(forms), sum.fields, sum.sent, sum.stored, sum.refused, sum.kept, d.at, len(d.corpus))
		again := []string{"zhou", ""}
		if full() {
			again = logins()
		}
		for _, login := range again {
			b.look(t, b.person(login))
		}
	})
}

// has counts the fields of a control.
func (f form) has(control string) (n int) {
	for _, x := range f.fields {
		if x.control == control {
			n++
		}
	}
	return n
}

// fill sends a form with a hostile text in every field that people write in, and then one with hostile choices.
func (p *person) fill(t *testing.T, f form, d *dealer, sum *tally) {
	t.Helper()
	words, choices := f.untouched(), f.untouched()
	for _, x := range f.fields {
		switch {
		case x.words():
			words.Set(x.name, d.next(x.control))
			sum.fields++
		case x.control != "file" && x.control != "submit":
			choices.Set(x.name, d.next(x.control))
			sum.fields++
		}
	}
	for _, typed := range []url.Values{words, choices} {
		a := p.send(f, typed)
		if strings.Contains(a.text(), "登录已过期") || strings.HasPrefix(a.at, "/desk/login?back=") { // one of the forms before ended the session
			*p = *p.person(p.login)
			a = p.send(f, typed)
		}
		sum.sent++
		switch {
		case a.status >= 500: // reported where it came in
		case a.status >= 400:
			sum.refused++
			sum.kept += f.told(t, a, typed)
		default:
			sum.stored++
		}
	}
}

func (p *person) send(f form, typed url.Values) *answer {
	switch {
	case f.method == "GET":
		path, _, _ := strings.Cut(f.action, "?")
		return p.get(path + "?" + typed.Encode())
	case f.upload:
		return p.upload(f.action, typed.Get("name"), []byte(typed.Encode()), typed)
	}
	return p.post(f.action, typed)
}

// told holds a refusal to its promise: a reason in Chinese, and where the form comes again, everything that was typed in it.
func (f form) told(t *testing.T, a *answer, typed url.Values) (kept int) {
	t.Helper()
	said := alerts(a)
	if !strings.ContainsFunc(said, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		t.Errorf("%s refuses %d without a reason: %s", f.action, a.status, squeezed(a.text()))
	}
	if f.method == "GET" { // the address itself was refused; the search box of the page that says so is empty
		return 0
	}
	for _, again := range formsOf(a, f.login) {
		if again.kind() != f.kind() {
			continue
		}
		for _, x := range again.fields {
			if !x.words() || x.control == "password" || x.name == "code" || !typed.Has(x.name) { // secrets are asked for anew
				continue
			}
			kept++
			if sent := typed.Get(x.name); !same(x.value, sent) {
				t.Errorf("%s: %q was typed into %s, %q stands there after the refusal", f.action, sent, x.name, x.value)
			}
		}
		return kept
	}
	return kept
}

// same tells that a page shows what was typed, after what is documented: line ends are one sign, blanks at the ends do not
// count, marks that nobody sees are dropped (entry.Tidy). What no page can hold, because it is no text, shows the sign for that.
func same(shown, typed string) bool {
	if shown == typed {
		return true
	}
	return settled(shown) == settled(typed)
}

func settled(text string) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\x00", "\ufffd"), "\r\n", "\n")
	return strings.TrimSpace(entry.Tidy(strings.ReplaceAll(text, "\r", "\n")))
}

// alerts are the parts of a page that say what went wrong.
func alerts(a *answer) string {
	if a.root == nil {
		return a.body
	}
	var said strings.Builder
	for n := range a.root.Descendants() {
		if n.Type == html.ElementNode && (attr(n, "role") == "alert" || n.Data == "main" && a.status != 422) {
			said.WriteString(textOf(n))
		}
	}
	return said.String()
}

// look walks through all pages again with what is stored by now, and finds nothing on them that the templates did not write.
func (b *bureau) look(t *testing.T, p *person) {
	t.Helper()
	p.walk(home(p.login), 2, func(a *answer) {
		for _, strange := range strangers(a.root) {
			t.Errorf("%s shows %s", a.at, strange)
		}
	})
}

// elements are those that the templates of the house write; anything else on a page came from a stored text.
func elements() map[string]bool {
	names := map[string]bool{}
	for _, name := range strings.Fields(`html head title meta link body header nav main footer section article aside div p span a ul ol li dl dt dd h1 h2 h3 h4 h5 table caption thead tbody tfoot tr th td
		form fieldset legend label input textarea select option optgroup datalist button details summary output progress meter strong em b i small mark code pre time abbr br hr script img svg g path rect
		circle line text tspan defs marker polygon polyline ellipse template noscript blockquote figure figcaption address del ins sup sub col colgroup kbd q dialog use symbol desc`) {
		names[name] = true
	}
	return names
}

// strangers finds elements and attributes that no template writes.
func strangers(root *html.Node) []string {
	var found []string
	known := elements()
	for n := range root.Descendants() {
		if n.Type == html.CommentNode {
			found = append(found, "a comment: "+squeezed(n.Data))
		}
		if n.Type != html.ElementNode {
			continue
		}
		if !known[n.Data] {
			found = append(found, "<"+n.Data+">")
		}
		if n.Data == "script" && (!strings.HasPrefix(attr(n, "src"), "/static/") || n.FirstChild != nil) {
			found = append(found, "a script of its own")
		}
		for _, a := range n.Attr {
			low := strings.ToLower(strings.TrimSpace(a.Val))
			switch {
			case strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" || a.Key == "formaction" && !strings.HasPrefix(low, "/"):
				found = append(found, "<"+n.Data+" "+a.Key+">")
			case (a.Key == "href" || a.Key == "src" || a.Key == "action") && !harmless(low):
				found = append(found, "<"+n.Data+" "+a.Key+"="+a.Val+">")
			}
		}
	}
	return slices.Sorted(maps.Keys(count(found)))
}

// harmless are addresses within the house, and those that only begin a call or a letter.
func harmless(address string) bool {
	for _, begin := range []string{"/", "#", "?", "data:image/png", "tel:", "mailto:", "http://127.0.0.1"} {
		if strings.HasPrefix(address, begin) && !strings.HasPrefix(address, "//") {
			return true
		}
	}
	return address == ""
}

func count(list []string) map[string]int {
	n := map[string]int{}
	for _, x := range list {
		n[x]++
	}
	return n
}
