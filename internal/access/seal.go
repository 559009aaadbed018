package access

import (
	"errors"
	"fmt"
)

// errNoKey is returned where second factors are asked for and nothing can seal them.
var errNoKey = errors.New("access: there is no key for the secrets of second factors")

// secretOf opens the stored secret of an account; "" is none.
func (k *Keeper) secretOf(account, stored string) (string, error) {
	switch {
	case stored == "":
		return "", nil
	case k.settings.Factors == nil:
		return "", errNoKey
	}
	secret, err := k.settings.Factors.Open(account, stored)
	if err != nil {
		return "", fmt.Errorf("access: second factor of %s: %w", account, err)
	}
	return secret, nil
}
