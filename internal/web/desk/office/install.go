package office

import (
	"embed"
	"sort"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/roster"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

//go:embed page/*.tmpl
var files embed.FS

// Engine parses the pages.
func Engine() (*page.Engine, error) {
	return seat.Engine(files, "page", "list", "deeds", "form", "code")
}

type room struct{ *seat.Room }

// Install adds the pages to the desk.
func Install(s *seat.Seat) error {
	engine, err := Engine()
	if err != nil {
		return err
	}
	r := room{s.Open(engine)}
	r.installAccounts()
	r.installRoster()
	r.installPacks()
	r.installHandover()
	return nil
}

// unitOptions are the divisions of the agency.
func (r room) unitOptions(v *seat.Visitor) ([]seat.Option, error) {
	units, err := r.units(v)
	var options []seat.Option
	for _, u := range units {
		options = append(options, seat.Option{Value: u.Code, Text: u.Name})
	}
	return options, err
}

func (r room) units(v *seat.Visitor) ([]roster.Unit, error) {
	var units []roster.Unit
	err := v.Read(func(tx *db.Tx) (err error) {
		units, err = roster.Units(tx, v.Agency)
		return err
	})
	return units, err
}

func (r room) unitChoice(v *seat.Visitor) (table.Choice, error) {
	options, err := r.unitOptions(v)
	c := table.Choice{Name: "unit", Title: "科室"}
	for _, o := range options {
		c.Options = append(c.Options, table.Option{Value: o.Value, Text: o.Text})
	}
	return c, err
}

// unitName is what people call a unit.
func (r room) unitName(v *seat.Visitor) (func(code string) string, error) {
	units, err := r.units(v)
	names := map[string]string{}
	for _, u := range units {
		names[u.Code] = u.Name
	}
	return func(code string) string {
		if name := names[code]; name != "" {
			return name
		}
		return code
	}, err
}

// accountOptions are the active accounts of the agency, for choices.
func (r room) accountOptions(v *seat.Visitor, role string) ([]seat.Option, error) {
	var options []seat.Option
	err := v.Read(func(tx *db.Tx) error {
		for after := ""; ; {
			list, err := access.List(tx, v.Agency, access.Filter{Role: role, State: access.StateActive}, after, 100)
			if err != nil {
				return err
			}
			for _, a := range list {
				after = a.ID
				options = append(options, seat.Option{Value: a.ID, Text: a.Name + "（" + a.Login + "）"})
			}
			if len(list) < 100 {
				return nil
			}
		}
	})
	sort.Slice(options, func(i, j int) bool { return options[i].Text < options[j].Text })
	return options, err
}

func texts(values []string) []seat.Option {
	list := make([]seat.Option, len(values))
	for i, value := range values {
		list[i] = seat.Option{Value: value, Text: value}
	}
	return list
}
