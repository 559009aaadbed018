package book_test

import (
	"testing"

	"mingjing/internal/casefile/book"
	"mingjing/internal/form"
)

func TestEveryRegisterLoadsBesideTheStatutoryKinds(t *testing.T) {
	r, err := form.Load(form.National(), book.Registers())
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"缴款登记", "证据登记", "复议诉讼登记", "行政处罚决定书"} {
		if _, ok := r.Kind(code); !ok {
			t.Errorf("%s is missing", code)
		}
	}
}
