// Package testkit builds the worlds that tests live in: stores on both engines, a clock that is moved by hand, the
// place of the shared standards. It serves every duty through the tests that use it and may import anything below
// the faces.
package testkit
