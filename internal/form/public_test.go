package form

import (
	"encoding/json"
	"strings"
	"testing"

	"mingjing/internal/form/entry"
)

// published is the kind as if the law wanted it published, so that the rule on
// secrets is tested on every kind, as a pack may publish what we do not.
func published(k *Kind) *Kind {
	copied := *k
	copied.Public.Publish = true
	if copied.Public.Title == "" {
		copied.Public.Title = "公开文本"
	}
	return &copied
}

func everything(t *testing.T, copied PublicCopy) string {
	t.Helper()
	data, err := json.Marshal(copied)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// secretsOf are the values that must not leave, by what they are.
func secretsOf(k *Kind, v Values) map[string]string {
	out := map[string]string{}
	open := organisations(k, v)
	for _, field := range k.Fields {
		walk(field, v[field.Name], false, func(leaf Field, value any, hidden, natural bool) {
			if !hidden && !(natural && !k.Public.Names) || leaf.Type == "choice" || leaf.Type == "bool" {
				return
			}
			for _, word := range []string{entry.Of(leaf).Show(leaf, value), entry.Of(leaf).Say(leaf, value, "")} {
				if !strings.Contains(open, word) {
					out[word] = field.Name + "." + leaf.Name
				}
			}
		})
	}
	return out
}

func TestAPublicCopyNeverContainsASecretValue(t *testing.T) {
	met := 0
	eachKind(t, func(t *testing.T, k *Kind) {
		k = published(k)
		for turn := range turns(k) {
			values := filled(k, turn)
			secrets := secretsOf(k, values)
			met += len(secrets)
			var all []string
			for word := range secrets {
				all = append(all, word)
			}
			for _, field := range k.Fields { // the secrets typed into every open text as well
				if field.Type == "text" && !field.Secret {
					values[field.Name] = "据" + strings.Join(all, "和") + "反映。"
				}
			}
			copied, err := Public(k, values, wholePaper())
			if err != nil {
				t.Fatal(err)
			}
			said := everything(t, copied)
			for word, name := range secrets {
				if strings.Contains(said, word) {
					t.Errorf("turn %d: %s (%s) is in the public copy", turn, name, word)
				}
			}
		}
	})
	if met < 500 {
		t.Errorf("only %d secret values were tried", met)
	}
}

func TestAPublicCopyOfAPersonShowsTheSurnameOnly(t *testing.T) {
	kind := kindNamed(t, "行政处罚决定书")
	values := stored(t, "decision")
	values["party"] = map[string]any{"kind": entry.PartyPerson, "name": "欧阳青禾", "gender": "女", "birth": "1980-06-05",
		"id": "11010519491231002X", "address": "云山市东河区柳荫路8号", "phone": "13900000000"}
	values["facts"] = "欧阳青禾（11010519491231002X，住云山市东河区柳荫路8号）未报送材料。"
	copied, err := Public(kind, values, wholePaper())
	if err != nil {
		t.Fatal(err)
	}
	said := everything(t, copied)
	for _, secret := range []string{"欧阳青禾", "11010519491231002X", "柳荫路", "13900000000", "1980", "6222000000000001"} {
		if strings.Contains(said, secret) {
			t.Errorf("%s is in the public copy:\n%s", secret, copied.Text)
		}
	}
	holds(t, said, "欧阳某", "云民罚决字〔2026〕1号")
	if copied.Fields["party"] != "欧阳某" || copied.Title != "欧阳某未按照规定接受年度检查案行政处罚决定书" {
		t.Errorf("the party is published as %q, the title is %q", copied.Fields["party"], copied.Title)
	}
}

func TestAPublicCopyKeepsWhatTheLawWantsPublished(t *testing.T) {
	kind := kindNamed(t, "行政处罚决定书")
	copied, err := Public(kind, stored(t, "decision"), wholePaper())
	if err != nil {
		t.Fatal(err)
	}
	holds(t, copied.Text, "云山市晨光养老服务中心", "52220300MJY0000000", "白若溪", "柳荫路8号", "3000.50元", "云山市民政局", "2026年3月2日", "六十日", "六个月")
	for name, want := range map[string]string{"party": "云山市晨光养老服务中心", "class": "行政处罚", "kind": "警告、罚款", "amount": "3000.50元",
		"agency": "云山市民政局", "decided_on": "2026年3月2日", "basis": "《民办非企业单位登记管理暂行条例》第二十五条第一款第三项"} {
		if copied.Fields[name] != want {
			t.Errorf("field %s is %q, want %q", name, copied.Fields[name], want)
		}
	}
	for _, absent := range []string{"6222000000000001", "0434-5550101", "签名", "（印章）"} {
		if strings.Contains(copied.Text, absent) {
			t.Errorf("%s is in the public copy", absent)
		}
	}
}

func TestAnAnnouncementNamesWhomItServes(t *testing.T) {
	kind := kindNamed(t, "送达公告")
	values := filled(kind, 0)
	values["recipients"] = []any{map[string]any{"name": "柳三木", "paper": "行政处罚决定书", "no": "云民罚决字〔2026〕1号"}}
	copied, err := Public(kind, values, wholePaper())
	if err != nil {
		t.Fatal(err)
	}
	holds(t, copied.Text, "柳三木")
}

func TestAnInternalDocumentHasNoPublicCopy(t *testing.T) {
	for _, code := range []string{"法制审核意见书", "集体讨论记录", "询问笔录", "案源登记表"} {
		if _, err := Public(kindNamed(t, code), Values{}, PrintMeta{}); err == nil {
			t.Errorf("%s has a public copy", code)
		}
	}
}

func TestPersonalDataIsListedForRedaction(t *testing.T) {
	kind := kindNamed(t, "行政处罚事先告知书")
	found := map[string]PersonalItem{}
	for _, item := range Personal(kind, stored(t, "notice")) {
		found[item.Kind] = item
	}
	for want, value := range map[string]string{"name": "柳三木", "birth": "1990-05-01", "address": "云山市西河区杏园小区3栋", "phone": "13900000000"} {
		if item := found[want]; item.Value != value || item.Public {
			t.Errorf("%s is listed as %+v", want, item)
		}
	}
}
