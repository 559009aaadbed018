package form

import "testing"

// Serving must begin within 100 ms of the start, and loading is part of it.
func BenchmarkLoadNational(b *testing.B) {
	for b.Loop() {
		if _, err := Load(National()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPublicCopy(b *testing.B) {
	registry, err := Load(National())
	if err != nil {
		b.Fatal(err)
	}
	kind, _ := registry.Kind("行政处罚决定书")
	values := filled(kind, 0)
	for b.Loop() {
		if _, err := Public(kind, values, wholePaper()); err != nil {
			b.Fatal(err)
		}
	}
}
