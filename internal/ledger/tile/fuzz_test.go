package tile

import (
	"strings"
	"testing"
)

// FuzzPath: a path names one tile, and a tile has one path.
func FuzzPath(f *testing.F) {
	for _, path := range []string{"tile/0/000", "tile/entries/x001/234.p/7", "tile/7/x001/x234/067", "tile/data/000", "tile/0/000.p/256"} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		one, err := parse(path)
		if err != nil {
			return
		}
		again := strings.Replace(strings.Replace(one.Path(), "tile/8/", "tile/", 1), "/data/", "/entries/", 1)
		if again != path || one.W < 1 || one.W > 256 || one.N < 0 || one.L > 7 {
			t.Fatalf("%q is read as %+v, whose path is %q", path, one, again)
		}
	})
}
