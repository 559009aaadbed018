package access

import (
	"regexp"
	"testing"
)

// TestThePoliciesSpeakOfAttributesOnly holds what the remembered answers rest on: a policy that named an account or a thing
// would answer two questions of the same attributes differently.
func TestThePoliciesSpeakOfAttributesOnly(t *testing.T) {
	entries, err := policyFiles.ReadDir("policies")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`(principal|resource)\s*(==|!=|in|is)\b?|context\.|(Account|Thing)::`)
	attribute := regexp.MustCompile(`\b(?:principal|resource)\.(\w+)`)
	known := map[string]bool{"agency": true, "unit": true, "roles": true, "acting": true, "stepUp": true, "kind": true, "relations": true, "class": true}
	read := 0
	for _, entry := range entries {
		text, err := policyFiles.ReadFile("policies/" + entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		if found := named.FindString(string(text)); found != "" {
			t.Errorf("%s names somebody or something: %q", entry.Name(), found)
		}
		for _, found := range attribute.FindAllStringSubmatch(string(text), -1) {
			if read++; !known[found[1]] {
				t.Errorf("%s asks for %s, which is not part of a remembered question", entry.Name(), found[1])
			}
		}
	}
	if read < 20 {
		t.Errorf("only %d attributes were read", read)
	}
}
