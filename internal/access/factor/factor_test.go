package factor_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"mingjing/internal/access/factor"
	"mingjing/internal/ledger"
)

const secret = "JBSWY3DPEHPK3PXP"

func key(t *testing.T) *factor.Key {
	t.Helper()
	k, err := factor.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func seal(t *testing.T, k *factor.Key, account string) string {
	t.Helper()
	sealed, err := k.Seal(account, secret)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func TestWhatIsSealedShowsNothingAndOpensForItsOwnerOnly(t *testing.T) {
	k := key(t)
	sealed := seal(t, k, "a")
	if strings.Contains(sealed, secret) || !factor.Sealed(sealed) || factor.Sealed(secret) || sealed == seal(t, k, "a") {
		t.Errorf("sealed is %s", sealed)
	}
	if got, err := k.Open("a", sealed); err != nil || got != secret {
		t.Errorf("opened %q, %v", got, err)
	}
	if got, err := k.Open("b", sealed); err == nil {
		t.Errorf("it opened for another account: %s", got)
	}
	if got, err := key(t).Open("a", sealed); err == nil {
		t.Errorf("it opened with another key: %s", got)
	}
}

func TestNoByteOfWhatIsSealedCanBeChanged(t *testing.T) {
	k := key(t)
	sealed := seal(t, k, "a")
	for i := range sealed {
		changed := []byte(sealed)
		if changed[i] = 'A'; sealed[i] == 'A' {
			changed[i] = 'B'
		}
		if got, err := k.Open("a", string(changed)); err == nil {
			t.Errorf("byte %d was changed and it opened: %s", i, got)
		}
	}
	for _, broken := range []string{"", "v1.", secret, sealed[:20]} {
		if _, err := k.Open("a", broken); err == nil {
			t.Errorf("%q opened", broken)
		}
	}
}

func TestTheKeyFileIsPrivateAndEveryFlippedBitIsSeen(t *testing.T) {
	dir := t.TempDir()
	if _, err := factor.LoadKey(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a key that is not there: %v", err)
	}
	k, err := factor.CreateKey(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := factor.CreateKey(dir); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a key was replaced: %v", err)
	}
	path := factor.KeyPath(dir)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v", info.Mode(), err)
	}
	loaded, err := factor.LoadKey(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := loaded.Open("a", seal(t, k, "a")); err != nil || got != secret {
		t.Errorf("the loaded key opened %q, %v", got, err)
	}
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range good {
		bad := append([]byte{}, good...)
		bad[i] ^= 1
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := factor.LoadKey(dir); err == nil {
			t.Errorf("a flipped bit of byte %d is another key", i)
		}
	}
	if err := os.WriteFile(path, good, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := factor.LoadKey(dir); !errors.Is(err, ledger.ErrExposedKey) {
		t.Errorf("a key that others may read: %v", err)
	}
}
