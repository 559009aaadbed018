// Package packs carries the data of the 专案包 that come with the program: what is the same in the whole
// country, what Jilin adds, and the bureau of the founding division table. It is data only; package pack loads,
// layers and checks it. A further agency is a further folder beside these, or one outside the program.
package packs

import "embed"

// FS holds each pack as a folder named as the pack.
//
//go:embed national jilin siping-civil-affairs
var FS embed.FS
