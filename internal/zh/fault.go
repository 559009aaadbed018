package zh

import "fmt"

// Fault says why a text is not the value it should be. Message is Chinese, names
// what is wrong and what is expected, and may be shown to a person as it is. It
// never repeats a whole identity number, because messages end up in logs.
type Fault struct{ Message string }

// Error returns the Chinese message.
func (f *Fault) Error() string { return f.Message }

func fault(format string, args ...any) error {
	return &Fault{Message: fmt.Sprintf(format, args...)}
}
