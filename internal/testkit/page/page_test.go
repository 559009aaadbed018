package page_test

import (
	"strings"
	"testing"

	markup "mingjing/internal/testkit/page"
)

const sound = `<!DOCTYPE html><html lang="zh-CN"><head><title>题</title></head><body><main id="m"><h1>一</h1><h2>二</h2>
<form action="/x"><label for="q">词</label><input id="q" name="q"></form><a class="more big" href="/y">去</a></main></body></html>`

func TestSelectorsFindTagsClassesIdsAttributesAndInsides(t *testing.T) {
	page := markup.Parse(t, sound)
	for _, selector := range []string{"main", "#m", "a.more", "a.big.more", "input[name=q]", "main form label", "html[lang=zh-CN]", "[href=/y]"} {
		if !page.Has(selector) {
			t.Errorf("%q is not found", selector)
		}
	}
	for _, selector := range []string{"h3", "#n", "a.mor", "form a", "input[name=r]", "h1 main"} {
		if page.Has(selector) {
			t.Errorf("%q is found", selector)
		}
	}
	if got := strings.Join(page.Links(), " "); got != "/x /y" {
		t.Errorf("links are %q", got)
	}
}

func TestASoundPageHasNoFaults(t *testing.T) {
	if faults := markup.Parse(t, sound).Faults(); len(faults) > 0 {
		t.Errorf("faults: %q", faults)
	}
}

func TestEachFaultIsNamed(t *testing.T) {
	for name, broken := range map[string][2]string{
		"language":       {`lang="zh-CN"`, ``},
		"title":          {`<title>题</title>`, ``},
		"two h1":         {`<h2>二</h2>`, `<h1>二</h1>`},
		"heading jump":   {`<h2>二</h2>`, `<h3>二</h3>`},
		"double id":      {`id="q"`, `id="m"`},
		"unlabelled":     {`for="q"`, `for="m"`},
		"dead label":     {`for="q"`, `for="z"`},
		"inline style":   {`<h2>`, `<h2 style="color:red">`},
		"inline handler": {`<h2>`, `<h2 onclick="x()">`},
		"inline script":  {`<h2>二</h2>`, `<h2>二</h2><script>x()</script>`},
		"style sheet":    {`<h2>二</h2>`, `<h2>二</h2><style>p{}</style>`},
		"script link":    {`href="/y"`, `href="javascript:x()"`},
		"empty link":     {`>去<`, `><`},
		"picture":        {`<h2>二</h2>`, `<h2>二</h2><img src="/z">`},
	} {
		if faults := markup.Parse(t, strings.Replace(sound, broken[0], broken[1], 1)).Faults(); len(faults) == 0 {
			t.Errorf("%s: no fault is named", name)
		}
	}
}
