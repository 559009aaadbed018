package view

import (
	"strings"
	"testing"
	"time"
)

func TestEveryRuneOfTheViewPointsToItsBytes(t *testing.T) {
	src := "张\u200b三 Ａb㎏\n①，１"
	v := New(src)
	if got, want := string(v.Runes), "张三ABKG1,1"; got != want {
		t.Fatalf("reads %q, want %q", got, want)
	}
	for i, want := range []string{"张", "三", "Ａ", "b", "㎏", "㎏", "①", "，", "１"} {
		if a, b := v.Bytes(i, i+1); src[a:b] != want {
			t.Errorf("rune %d points to %q, want %q", i, src[a:b], want)
		}
	}
	if v.Gap[2] != GapSpace || v.Gap[6] != GapLine || v.Gap[1] != GapNone {
		t.Errorf("blanks are %v", v.Gap)
	}
}

func TestGroupsReadFiguresInEveryWriting(t *testing.T) {
	for text, want := range map[string]string{"１３８": "138", "一三八零": "1380", "1O8l": "1081", "第一百": "1", "IOS": ""} {
		got := ""
		for _, g := range New(text).Groups() {
			got += string(g.Digits)
		}
		if got != want {
			t.Errorf("%q reads %q, want %q", text, got, want)
		}
	}
}

func TestNumbersJoinAcrossBlanksAndMarksOnly(t *testing.T) {
	for text, want := range map[string]string{"138 0013-8000": "13800138000", "138\n001": "138001", "138,001": "138", "138元001": "138", "(0434)32": "043432"} {
		v, got := New(text), ""
		v.Numbers(v.Groups(), 0, 30, func(n Number) bool { got = n.Digits; return true })
		if got != want {
			t.Errorf("%q reads %q, want %q", text, got, want)
		}
	}
}

func TestBeforeLooksNoFurtherThanTheClause(t *testing.T) {
	words := NewWordSet([]string{"电话"})
	if v := New("电话是138"); !v.Before(3, 6, words) || v.Before(3, 2, words) {
		t.Error("the reach is not kept")
	}
	if v := New("电话，号138"); v.Before(4, 6, words) {
		t.Error("the clause is not kept")
	}
}

func TestLuhnAcceptsTheCardAndNoNeighbour(t *testing.T) {
	if !Luhn("6222021925206360700") || Luhn("6222021925206360701") || Luhn("0000000000000000") {
		t.Error("the check figure is not checked")
	}
}

// TestAMarkBeforeAFigureIsNoGroup: a bar that stands for no figure made the search begin at the start again, for ever.
func TestAMarkBeforeAFigureIsNoGroup(t *testing.T) {
	for text, want := range map[string]string{"|1": "1", "甲|2乙": "2", "' || 1=1": "1 1", "第|3条|44": "3 44", "||5": "5", "1|2": "112", "O1": "01", "|O1": "01"} {
		done := make(chan string, 1)
		go func() {
			var said []string
			for _, g := range New(text).Groups() {
				said = append(said, string(g.Digits))
			}
			done <- strings.Join(said, " ")
		}()
		select {
		case got := <-done:
			if got != want {
				t.Errorf("%q has the groups %q, want %q", text, got, want)
			}
		case <-time.After(2 * time.Second):
			t.Fatalf("%q is never done with", text)
		}
	}
}
