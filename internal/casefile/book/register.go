package book

import (
	"embed"
	"io/fs"
)

//go:embed register/*.json
var registers embed.FS

// Registers is the layer of records that the steps without a statutory document are written on: a payment, an
// application to recuse, an outcome of 复议. They stand above the statutory kinds of form.National.
func Registers() fs.FS {
	sub, err := fs.Sub(registers, "register")
	if err != nil {
		return registers
	}
	return sub
}
