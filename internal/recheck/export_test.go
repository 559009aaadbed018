package recheck

// LeafHash is leafHash for the tests outside.
func LeafHash(text string) [32]byte { return leafHash([]byte(text)) }
