package password_test

import (
	"testing"

	"mingjing/internal/access/password"
)

func TestAPasswordThatEverybodyTriesFirstIsRefused(t *testing.T) {
	for _, text := range []string{"password1234", "Password@2026", "P@ssw0rd1234", "qwerty12345", "Admin#20260101", "abc1234567890", "mingjing2026"} {
		if err := password.Check("卢", text); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
	for _, text := range []string{"mingjing-demo-2026", "云山-2026-full", "correct horse battery 9", "passwords are for keys 1"} {
		if err := password.Check("卢", text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}
