// Package e2e looks at the program as people do: it builds the one binary, lets it live the demonstration's year, and walks
// through portal and desk with a browser. Each scenario names the duties it shows. It imports nothing of this house.
package e2e
