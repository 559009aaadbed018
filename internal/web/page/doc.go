// Package page makes HTML: an engine that parses every template at start, the frame that surrounds a page, and the pieces
// that pages are built from – story, step panel, deadline chip, gate card, light, proof badge, tombstone and the rest of
// design/UI.md.
//
// It serves every duty through the pages of the faces. A page is a name in a table with its fragments; its data is one
// typed struct that embeds Frame. A page is executed into memory first, so that a reader never gets half of one.
//
// It imports law, workday and zh for what a piece shows, and static for the addresses of its files.
package page
