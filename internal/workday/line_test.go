package workday

import (
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestALineIsAnsweredWithItsDay(t *testing.T) {
	for line, want := range map[string]string{
		"2026-02-13 +7wd":      "2026-03-02",
		"  2026-02-13\t+7wd  ": "2026-03-02",
		"2026/2/13 7wd":        "2026-03-02",
		"２０２６－０２－１３　＋７ｗｄ":         "2026-03-02",
		"二〇二六年二月十三日 +7个工作日":       "2026-03-02",
		"2026年2月13日 +7 工作日":       "2026-03-02",
		"2026-11-20 -7wd":         "2026-11-11",
		"2026-11-02 +90cd":        "2027-01-31",
		"2026-01-31 +1mo":         "2026-02-28",
		"2024-02-29 +1y":          "2025-02-28",
		"2024-02-29 +1Y":          "2025-02-28",
		"2026-02-13 +0wd":         "2026-02-13",
		"2026-02-13 09:30 +24h":   "2026-02-14 09:30",
		"2026-02-13T23:30 +24小时":  "2026-02-14 23:30",
		"\ufeff2026-02-13 +7wd\r": "2026-03-02",
	} {
		got, err := Run(line)
		if err != nil || got != want {
			t.Errorf("%q gives %q (%v), want %q", line, got, err, want)
		}
	}
	if got, err := Run("2026-12-28 +7wd"); err != nil || !strings.HasPrefix(got, "2027-01-06\t暂定") {
		t.Errorf("a provisional day must say so: %q (%v)", got, err)
	}
}

func TestAnExplainedLineBeginsWithTheSameAnswer(t *testing.T) {
	c := nationalFor(t)
	for _, line := range []string{"2026-02-13 +7wd", "2026-12-28 +7wd", "2026-01-31 +1mo", "2026-11-20 -7wd", "2026-02-13 09:30 +24h"} {
		short, err := c.Run(line)
		if err != nil {
			t.Fatal(err)
		}
		long, err := c.RunExplained(line)
		if err != nil || !strings.HasPrefix(long, short+"\n") || !strings.Contains(long, "起算") {
			t.Errorf("%q is explained as %q (%v)", line, long, err)
		}
	}
	if _, err := c.RunExplained("bad"); err == nil {
		t.Error("a bad line was explained")
	}
}

func TestABadLineIsRefusedInChinese(t *testing.T) {
	for line, says := range map[string]string{
		"":                        "空行",
		"bad":                     "看不懂",
		"2026-02-13":              "期限",
		"2026-02-30 +7wd":         "没有30日",
		"2026-13-01 +7wd":         "月份13",
		"2026-02-13 +7xx":         "看不懂期限",
		"2026-02-13 ++7wd":        "看不懂",
		"2026-02-13 +wd":          "看不懂",
		"2026-02-13 +1.5wd":       "看不懂",
		"2026-02-13 +99999999wd":  "过长",
		"2026-02-13 +7wd +3wd":    "看不懂",
		"2026-02-13 +24h":         "时刻",
		"2026-02-13 24:30 +24h":   "时刻",
		"13/02/2026 +7wd":         "看不懂日期",
		"26-02-13 +7wd":           "看不懂日期",
		"1800-01-01 +7wd":         "范围",
		"2026-02-13 +7wd\x00drop": "看不懂",
	} {
		if got, err := Run(line); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q gives %q (%v), want a message with %s", line, got, err, says)
		}
	}
}

func TestLinesAnswersEveryLineAndGoesOn(t *testing.T) {
	in := "2026-02-13 +7wd\r\n\nnonsense\n" + strings.Repeat("9", 3*longest) + "\n2026-11-02 +7wd"
	var out strings.Builder
	if err := Lines(strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 5 || lines[0] != "2026-03-02" || lines[4] != "2026-11-11" {
		t.Fatalf("answered %q", lines)
	}
	for i := 1; i <= 3; i++ {
		if !strings.HasPrefix(lines[i], "错误：第"+string(rune('1'+i))+"行：") {
			t.Errorf("line %d is %q", i+1, lines[i])
		}
	}
	if err := Lines(strings.NewReader(""), &out); err != nil {
		t.Error(err)
	}
}

type brokenPipe struct{}

func (brokenPipe) Read([]byte) (int, error)  { return 0, io.ErrUnexpectedEOF }
func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestLinesReportsAFailureToReadOrWrite(t *testing.T) {
	if err := Lines(brokenPipe{}, io.Discard); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("reading failed as %v", err)
	}
	if err := Lines(strings.NewReader("2026-02-13 +7wd\n"), brokenPipe{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("writing failed as %v", err)
	}
}

func FuzzLine(f *testing.F) {
	for _, seed := range []string{"2026-02-13 +7wd", "2026-02-13 -7wd", "2026-02-13 09:30 +24h", "", "\x00", "二〇二六年二月十三日 +7个工作日", "42481 +1mo"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		got, err := Run(line)
		if err != nil {
			if got != "" || !utf8.ValidString(err.Error()) {
				t.Errorf("%q: answer %q beside error %q", line, got, err)
			}
			return
		}
		if _, err := ParseDay(got[:10]); err != nil {
			t.Errorf("%q: answer %q has no day", line, got)
		}
	})
}
