package password

import (
	"strings"
	"testing"
)

func TestAPasswordCostsTheStandardWhereNobodySaysOtherwise(t *testing.T) {
	for _, hash := range []string{Hash("云山-2026-desk"), Cost{}.Hash("云山-2026-desk")} {
		if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Errorf("a password is stored as %s", hash)
		}
	}
	cheap := Cost{Memory: 64, Time: 1}.Hash("云山-2026-desk")
	if !strings.Contains(cheap, "m=64,t=1") || !(Cost{}).Fits(cheap, "云山-2026-desk") || (Cost{}).Fits(cheap, "云山-2026-dest") || (Cost{}).Fits("", "") {
		t.Errorf("what was stored at another cost is judged by that cost: %s", cheap)
	}
}
