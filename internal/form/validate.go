package form

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"mingjing/internal/form/entry"
)

// validateBlock tests one print block against the fields.
func (k *Kind) validateBlock(b PrintBlock) error {
	if !slices.Contains(BlockTypes(), b.Type) {
		return fmt.Errorf("there is no such block type")
	}
	if err := k.validateConditions(b.When); err != nil {
		return err
	}
	if b.Field != "" {
		field, ok := k.Field(b.Field)
		if !ok {
			return fmt.Errorf("there is no field %s", b.Field)
		}
		if entry.Of(field).Shape != entry.List {
			return fmt.Errorf("field %s is no list", b.Field)
		}
	}
	needsField := slices.Contains([]string{"statutes", "list", "qa", "attachments"}, b.Type)
	switch {
	case needsField != (b.Field != ""):
		return fmt.Errorf("field belongs to statutes, list, qa and attachments, which need it")
	case (b.Type == "table") != (len(b.Rows) > 0):
		return fmt.Errorf("rows belong to a table, which needs them")
	case (b.Type == "signature") != (len(b.Lines) > 0):
		return fmt.Errorf("lines belong to a signature, which needs them")
	}
	if b.Type == "qa" {
		field, _ := k.Field(b.Field)
		for _, part := range []string{"q", "a"} {
			if _, ok := entry.Part(field, part); !ok {
				return fmt.Errorf("field %s has no column %s", b.Field, part)
			}
		}
	}
	return k.validateWording(b)
}

func (k *Kind) validateWording(b PrintBlock) error {
	wordings := append([]string{b.Text}, b.Lines...)
	width := 0
	for i, row := range b.Rows {
		columns := 0
		for _, cell := range row {
			columns += max(cell.Span, 1)
			wordings = append(wordings, cell.Text)
		}
		if i == 0 {
			width = columns
		}
		if columns != width {
			return fmt.Errorf("row %d has %d columns, the first %d", i+1, columns, width)
		}
	}
	for _, wording := range wordings {
		if err := k.checkWording(wording); err != nil {
			return err
		}
	}
	return nil
}

// validateConditions tests that every condition's path leads to a field.
func (k *Kind) validateConditions(conditions []Condition) error {
	for _, condition := range conditions {
		path, _, admitted := condition.Split()
		field, ok := k.fieldAt(path)
		if !ok {
			return fmt.Errorf("condition %q names no field", condition)
		}
		options := field.Options
		if field.Type == "bool" {
			options = []string{"是", "否"}
		}
		for _, text := range admitted {
			if len(options) > 0 && !slices.Contains(options, text) {
				return fmt.Errorf("condition %q: %s is none of the options of %s", condition, text, path)
			}
		}
	}
	return nil
}

// validateRules tests the field conditions, the required elements, the public
// copy and the signatures.
func (k *Kind) validateRules() error {
	for _, field := range k.Fields {
		if err := k.validateConditions(field.When); err != nil {
			return fmt.Errorf("field %s: %w", field.Name, err)
		}
	}
	codes := map[string]bool{}
	for _, element := range k.Requires {
		if err := k.validateElement(element); err != nil {
			return fmt.Errorf("requires %s: %w", element.Code, err)
		}
		if codes[element.Code] {
			return fmt.Errorf("requires %s: code used twice", element.Code)
		}
		codes[element.Code] = true
	}
	if k.Public.Publish && k.Public.Title == "" {
		return fmt.Errorf("public: a published kind needs a title")
	}
	if !k.Public.Publish && (k.Public.Title != "" || len(k.Public.Fields) > 0) {
		return fmt.Errorf("public: an unpublished kind has no public title or fields")
	}
	if err := k.checkWording(k.Public.Title); err != nil {
		return fmt.Errorf("public title: %w", err)
	}
	for _, name := range slices.Sorted(maps.Keys(k.Public.Fields)) {
		if err := k.checkWording(k.Public.Fields[name]); err != nil {
			return fmt.Errorf("public field %s: %w", name, err)
		}
	}
	for _, signature := range k.Signatures {
		if signature.Role == "" || signature.Label == "" {
			return fmt.Errorf("signatures: role and label are required")
		}
	}
	return nil
}

// elementStatuses are those of package law, which a kernel package beside it does not import.
func elementStatuses() []string { return []string{"verified", "adopted", "memory", "draft"} }

func (k *Kind) validateElement(e Element) error {
	switch {
	case e.Code == "" || e.Title == "":
		return fmt.Errorf("code and title are required")
	case !citeTyped.MatchString(e.Cite):
		return fmt.Errorf("cite %q is not written 《…》第…条", e.Cite)
	case !slices.Contains(elementStatuses(), e.Status):
		return fmt.Errorf("status %q is none of %s", e.Status, strings.Join(elementStatuses(), ", "))
	case len(e.Fields) == 0:
		return fmt.Errorf("fields are required")
	}
	for _, path := range e.Fields {
		for _, alternative := range strings.Split(path, "|") {
			if name, found := strings.CutPrefix(alternative, "@"); found {
				if !slices.Contains(metaNames[:], name) {
					return fmt.Errorf("%s is none of the paper's properties", alternative)
				}
				continue
			}
			if _, ok := k.fieldAt(alternative); !ok {
				return fmt.Errorf("there is no field %s", alternative)
			}
		}
	}
	return k.validateConditions(e.When)
}
