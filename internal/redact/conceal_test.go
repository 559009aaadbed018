package redact

import (
	"strings"
	"testing"
)

func TestWhatIsConcealedIsEveryNumberAndHomeAndNoName(t *testing.T) {
	text := "当事人柳三木，身份证号11010519491231002X，电话13900000000，住云山市西河区杏园小区3栋2单元501室，银行账号6222020000000000012。"
	got := Conceal(text)
	for _, secret := range []string{"11010519491231002X", "13900000000", "杏园小区3栋"} {
		if strings.Contains(got, secret) {
			t.Errorf("%s stands in %s", secret, got)
		}
	}
	if !strings.Contains(got, "柳三木") {
		t.Errorf("the name is gone from %s", got)
	}
	seat := "云山市西河区文化街1号3楼"
	if got := Conceal("住所："+seat, Known{Kind: Address, Text: seat, Public: true}); !strings.Contains(got, seat) {
		t.Errorf("the public seat is gone from %s", got)
	}
	if same := "经查，该协会未按规定报送年度工作报告。"; Conceal(same) != same {
		t.Errorf("%s became %s", same, Conceal(same))
	}
}
