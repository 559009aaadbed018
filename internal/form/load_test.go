package form

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

const smallKind = `{"code":"便函","version":"V","title":"便函","number":"","seal":false,"source":"","source_status":"依法条自拟",
"basis":[],"dossier":{"part":"正卷","order":1},"fields":[{"name":"body","label":"正文","type":"text"}],
"layout":[{"title":"正文","fields":["body"]}],"print":[{"type":"para","text":"{{body}}"}],"public":{"publish":false},"requires":[],"signatures":[]}`

func layer(files ...string) fs.FS {
	out := fstest.MapFS{}
	for i, text := range files {
		out[string(rune('a'+i))+".json"] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func small(version string, replace ...string) string {
	return strings.NewReplacer(replace...).Replace(strings.Replace(smallKind, `"V"`, `"`+version+`"`, 1))
}

func TestAPackReplacesAFormAndOldDocumentsKeepTheirs(t *testing.T) {
	registry, err := Load(layer(small("2026-01"), small("2026-02")), layer(small("jl-2025")))
	if err != nil {
		t.Fatal(err)
	}
	if kind, _ := registry.Kind("便函"); kind.Version != "jl-2025" {
		t.Errorf("a new document takes %s", kind.Version)
	}
	for _, version := range []string{"2026-01", "2026-02", "jl-2025"} {
		if kind, ok := registry.KindAt("便函", version); !ok || kind.Ref() != "便函@"+version {
			t.Errorf("version %s is not kept", version)
		}
	}
	if _, ok := registry.KindAt("便函", "1"); ok {
		t.Errorf("an unknown version was found")
	}
	if _, err := Load(layer(small("2026-01")), layer(small("2026-01"))); err == nil || !strings.Contains(err.Error(), "layer 2: a.json") {
		t.Errorf("a version was redefined: %v", err)
	}
}

func TestAWrongKindFileIsRefusedByNameAndField(t *testing.T) {
	cases := []struct{ name, from, to, want string }{
		{"unknown property", `"title":"便函","number"`, `"title":"便函","colour":"red","number"`, "colour"},
		{"unknown field property", `"type":"text"}`, `"type":"text","requird":true}`, "requird"},
		{"unknown field type", `"type":"text"}`, `"type":"texts"}`, "field body"},
		{"reserved name", `"name":"body"`, `"name":"number"`, "field number"},
		{"label missing", `"label":"正文"`, `"label":""`, "field body: label"},
		{"field in no section", `"fields":["body"]`, `"fields":[]`, "field body"},
		{"section of an unknown field", `"fields":["body"]`, `"fields":["body","tail"]`, "tail"},
		{"placeholder of an unknown field", `{{body}}`, `{{bodi}}`, "bodi"},
		{"unknown filter", `{{body}}`, `{{body|upper}}`, "upper"},
		{"unfinished placeholder", `{{body}}`, `{{body`, "unfinished"},
		{"unfinished optional part", `{{body}}`, `[[{{body}}`, "unfinished"},
		{"unknown block", `"type":"para"`, `"type":"parra"`, "parra"},
		{"condition on nothing", `"type":"para"`, `"type":"para","when":["tail=1"]`, "tail"},
		{"options on a text", `"type":"text"}`, `"type":"text","options":["甲"]}`, "options"},
		{"unknown check", `"type":"text"}`, `"type":"text","checks":["luck"]}`, "luck"},
		{"unknown context path", `"type":"text"}`, `"type":"text","prefill":"case.fate"}`, "case.fate"},
		{"unknown personal kind", `"type":"text"}`, `"type":"text","personal":"mood"}`, "mood"},
		{"element without article", `"requires":[]`, `"requires":[{"code":"1","title":"正文","cite":"处罚法","status":"verified","fields":["body"]}]`, "requires 1"},
		{"element of unknown certainty", `"requires":[]`, `"requires":[{"code":"1","title":"正文","cite":"《某法》第一条","status":"sure","fields":["body"]}]`, "sure"},
		{"element of an unknown field", `"requires":[]`, `"requires":[{"code":"1","title":"正文","cite":"《某法》第一条","status":"verified","fields":["tail"]}]`, "tail"},
		{"unknown source status", `依法条自拟`, `随便`, "source_status"},
		{"bad version", `"V"`, `"第一版"`, "version"},
		{"text after the object", `"signatures":[]}`, `"signatures":[]} {}`, "after the kind"},
		{"public without title", `"publish":false`, `"publish":true`, "public"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(smallKind, c.from, c.to, 1)
			if text == smallKind {
				t.Fatalf("%q stands nowhere in the file", c.from)
			}
			text = strings.Replace(text, `"V"`, `"2026-01"`, 1)
			_, err := Load(layer(text))
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "a.json") {
				t.Errorf("error %v, want a.json and %s", err, c.want)
			}
		})
	}
	if _, err := Load(layer(small("2026-01"))); err != nil {
		t.Errorf("the unspoilt file is refused: %v", err)
	}
}
