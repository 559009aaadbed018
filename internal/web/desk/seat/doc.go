// Package seat is what every page of the desk stands on: who sits there, the house behind, the frame around a page, and the
// three things that all rooms of the desk do alike – show a list that can be filtered, paged and exported, show a small form
// that keeps what was typed, and answer a post with a redirect and one sentence of what was done.
//
// It serves every duty that has a page at the desk. A room of the desk is a package beside this one that installs its pages
// on a Seat; package desk makes the Seat and installs the rooms.
//
// It imports web, page, table, access, house and refusal, and holds no rule and no SQL.
package seat
