package form

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"mingjing/internal/form/entry"
)

//go:embed kinds/*.json
var nationalFiles embed.FS

// National is the layer of kinds that come with the program, before any pack.
func National() fs.FS {
	sub, err := fs.Sub(nationalFiles, "kinds")
	if err != nil {
		// fs.Sub fails only for an invalid path, and this one is constant.
		return nationalFiles
	}
	return sub
}

// Registry holds the kinds of all layers. It is immutable and safe for concurrent use.
type Registry struct {
	codes    []string                    // in the order of first loading
	latest   map[string]*Kind            // code → the kind a new document takes
	versions map[string]map[string]*Kind // code → version → kind
}

// Load reads the *.json files at the top of each layer, the lowest first
// (national, province, city, agency). A layer adds kinds, or replaces the
// current form of a code by a version of its own; it can not change a version
// that exists, since stored documents name it. Errors name file and field.
func Load(layers ...fs.FS) (*Registry, error) {
	r := &Registry{latest: map[string]*Kind{}, versions: map[string]map[string]*Kind{}}
	origin := map[string]string{}
	for i, layer := range layers {
		files, err := fs.Glob(layer, "*.json")
		if err != nil {
			return nil, fmt.Errorf("form: load layer %d: %w", i+1, err)
		}
		fresh := map[string]*Kind{}
		for _, file := range files {
			kind, err := loadFile(layer, file)
			if err != nil {
				return nil, fmt.Errorf("form: load layer %d: %s: %w", i+1, file, err)
			}
			if first, taken := origin[kind.Ref()]; taken {
				return nil, fmt.Errorf("form: load layer %d: %s: %s is already defined by %s; a changed form needs its own version", i+1, file, kind.Ref(), first)
			}
			origin[kind.Ref()] = fmt.Sprintf("layer %d: %s", i+1, file)
			r.add(kind)
			if held := fresh[kind.Code]; held == nil || kind.Version > held.Version {
				fresh[kind.Code] = kind
			}
		}
		for code, kind := range fresh {
			r.latest[code] = kind
		}
	}
	return r, nil
}

func (r *Registry) add(kind *Kind) {
	if r.versions[kind.Code] == nil {
		r.versions[kind.Code] = map[string]*Kind{}
		r.codes = append(r.codes, kind.Code)
	}
	r.versions[kind.Code][kind.Version] = kind
}

// Kind is the form a new document of this code takes: of the highest layer, the
// latest version.
func (r *Registry) Kind(code string) (*Kind, bool) {
	kind, ok := r.latest[code]
	return kind, ok
}

// KindAt is the form of a stored document.
func (r *Registry) KindAt(code, version string) (*Kind, bool) {
	kind, ok := r.versions[code][version]
	return kind, ok
}

// Codes lists the kinds in dossier order: 正卷 first, then 副卷.
func (r *Registry) Codes() []string {
	codes := slices.Clone(r.codes)
	slices.SortStableFunc(codes, func(a, b string) int {
		x, y := r.latest[a].Dossier, r.latest[b].Dossier
		if x.Part != y.Part {
			if x.Part == "正卷" {
				return -1
			}
			return 1
		}
		if x.Order != y.Order {
			return x.Order - y.Order
		}
		return strings.Compare(a, b)
	})
	return codes
}

// loadFile reads one kind strictly: a property nobody reads is an error, because
// it is a misspelt one.
func loadFile(layer fs.FS, file string) (*Kind, error) {
	data, err := fs.ReadFile(layer, file)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	kind := &Kind{}
	if err := decoder.Decode(kind); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("text after the kind's object")
	}
	kind.index = map[string]int{}
	for i, field := range kind.Fields {
		if _, twice := kind.index[field.Name]; twice {
			return nil, fmt.Errorf("field %s: name used twice", field.Name)
		}
		kind.index[field.Name] = i
	}
	if err := kind.validate(); err != nil {
		return nil, err
	}
	return kind, nil
}

var (
	nameTyped    = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	versionTyped = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*$`)
	citeTyped    = regexp.MustCompile(`^《[^《》]+》第[一二三四五六七八九十百零]+条`)
)

// validate tests a kind against itself, so that no page or print can fail later.
func (k *Kind) validate() error {
	switch {
	case k.Code == "" || k.Title == "":
		return fmt.Errorf("code and title are required")
	case !versionTyped.MatchString(k.Version):
		return fmt.Errorf("version %q is not of the form 2026-01", k.Version)
	case !slices.Contains([]string{SourceProvincial, SourceMinistry, SourceStatute, SourceReplace}, k.SourceStatus):
		return fmt.Errorf("source_status %q is none of the four", k.SourceStatus)
	case k.Dossier.Part != "正卷" && k.Dossier.Part != "副卷":
		return fmt.Errorf("dossier.part %q is neither 正卷 nor 副卷", k.Dossier.Part)
	case len(k.Fields) == 0 || len(k.Print) == 0:
		return fmt.Errorf("a kind needs fields and print blocks")
	}
	for _, cite := range k.Basis {
		if !citeTyped.MatchString(cite) {
			return fmt.Errorf("basis %q is not written 《…》第…条", cite)
		}
	}
	for _, field := range k.Fields {
		if err := k.validateField(field); err != nil {
			return fmt.Errorf("field %s: %w", field.Name, err)
		}
	}
	if err := k.validateLayout(); err != nil {
		return err
	}
	for i, block := range k.Print {
		if err := k.validateBlock(block); err != nil {
			return fmt.Errorf("print block %d (%s): %w", i+1, block.Type, err)
		}
	}
	return k.validateRules()
}

func (k *Kind) validateField(f Field) error {
	if slices.Contains(reserved[:], f.Name) {
		return fmt.Errorf("the name is reserved for the finished paper")
	}
	if !nameTyped.MatchString(f.Name) {
		return fmt.Errorf("a name is lower-case ascii letters, digits and _")
	}
	t, ok := entry.Named(f.Type)
	switch {
	case f.Label == "":
		return fmt.Errorf("label is missing")
	case !ok:
		return fmt.Errorf("there is no field type %q", f.Type)
	case (f.Type == "choice" || f.Type == "choices") != (len(f.Options) > 0):
		return fmt.Errorf("options belong to choice and choices, which need them")
	case (f.Type == "table") != (len(f.Columns) > 0):
		return fmt.Errorf("columns belong to a table, which needs them")
	case f.Personal != "" && !slices.Contains(entry.Personals(), f.Personal):
		return fmt.Errorf("personal %q is no kind of personal data", f.Personal)
	case f.Prefill != "" && !knownPath(f.Prefill):
		return fmt.Errorf("prefill %q is no path of the context", f.Prefill)
	case f.Default != "" && t.Parse == nil:
		return fmt.Errorf("a %s has no default text", f.Type)
	}
	if f.Default != "" {
		if _, message := t.Parse(f, f.Default); message != "" {
			return fmt.Errorf("default: %s", message)
		}
	}
	for _, column := range f.Columns {
		if entry.Of(column).Shape != entry.Single {
			return fmt.Errorf("column %s: a column holds a single value", column.Name)
		}
		if err := k.validateField(column); err != nil {
			return fmt.Errorf("column %s: %w", column.Name, err)
		}
	}
	return k.validateChecks(f)
}

func (k *Kind) validateChecks(f Field) error {
	for _, named := range f.Checks {
		stem, argument, _ := strings.Cut(named, ":")
		switch {
		case !slices.Contains(entry.Checks(), named) && !slices.Contains(entry.Checks(), stem+":"):
			return fmt.Errorf("there is no check %q", named)
		case stem == "after" && k.index[argument] == 0 && k.Fields[0].Name != argument:
			return fmt.Errorf("check %q names no field", named)
		case stem == "min" && (strings.Trim(argument, "0123456789") != "" || argument == ""):
			return fmt.Errorf("check %q needs a number", named)
		}
	}
	return nil
}

func (k *Kind) validateLayout() error {
	seen := map[string]bool{}
	for _, section := range k.Layout {
		for _, name := range section.Fields {
			if _, ok := k.Field(name); !ok {
				return fmt.Errorf("layout section %s: there is no field %s", section.Title, name)
			}
			if seen[name] {
				return fmt.Errorf("layout section %s: field %s stands twice", section.Title, name)
			}
			seen[name] = true
		}
	}
	for _, field := range k.Fields {
		if !seen[field.Name] {
			return fmt.Errorf("field %s: it stands in no layout section", field.Name)
		}
	}
	return nil
}
