//go:build unix

package witness

import (
	"os"
	"path/filepath"
	"syscall"
)

// lock keeps other processes of the same folder out: the server and `mingjing witness sign` may run beside each other. The
// kernel lets go of it when the process ends, however it ends.
func lock(dir string) (unlock func(), err error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		_ = f.Close()
		return nil, err
	}
	return func() { _ = f.Close() }, nil
}
