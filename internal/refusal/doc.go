// Package refusal holds the three answers that a person may get instead of what was asked: there is no such thing,
// the law does not allow it, or what was typed cannot be used. Everything else is a fault of the program and is logged
// at the edge, never shown. Every room returns these and every face shows them; it imports law for the findings.
package refusal
