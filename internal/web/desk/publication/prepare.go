package publication

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/redact"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/workday"
)

// The answers to a finding.
const (
	hide = "hide"
	keep = "keep"
	drop = "drop" // takes a mark made by hand away
)

// preparePage is where the public text is made: the text with what was found in it, an answer for each finding, what the
// person marks by hand, and the text as the public would read it.
type preparePage struct {
	page.Frame
	P       disclosure.Publication
	Facts   []seat.Fact
	Trouble seat.Trouble
	Lines   []sourceLine
	Rows    []findingRow
	Open    int
	Words   string
	Kind    string
	Kinds   []string
	Until   string
	Due     page.Deadline
	Result  []resultLine
}

// sourceLine is a line of the text before redaction; Head names the first lines.
type sourceLine struct {
	Head   string
	Pieces []sourcePiece
}

// sourcePiece is a stretch of a line; N is the number of the finding that it belongs to, 0 for plain text.
type sourcePiece struct {
	Text   string
	N      int
	Answer string
	Sure   bool
}

// findingRow is one finding with its answer.
type findingRow struct {
	N                 int
	Name              string // of the field
	Kind, Text, Label string
	Before, After     string // the words around it
	Sure, Manual      bool
	Answer            string
	Source            string
}

// resultLine is a line of the text as the public would read it.
type resultLine struct{ Head, Text string }

func heads() []string { return []string{"标题", "当事人", "处理结果", "依据"} }

func fieldOf(s redact.Span) string { return fmt.Sprintf("s.%d.%d", s.Start, s.End) }

func (r room) prepare(v *seat.Visitor) error {
	draft, err := r.House.Disclosure.Draft(v.Context(), v.Actor, v.Path("id"))
	if err != nil {
		return err
	}
	p := draft.Publication
	if err := v.Require(access.PublicationPrepare, thing(v, p)); err != nil {
		return err
	}
	// What cannot be recorded is not shown (个人信息保护法第五十一条).
	if err := v.Write(func(tx *db.Tx) error {
		return access.RecordLook(tx, v.Actor, access.Thing{Kind: kind, ID: p.ID, Agency: p.Agency}, "制作公示文本")
	}); err != nil {
		return err
	}
	return r.showPrepare(v, http.StatusOK, draft, url.Values{"until": {p.PeriodUntil}}, seat.Trouble{})
}

func (r room) showPrepare(v *seat.Visitor, status int, draft disclosure.Draft, typed url.Values, t seat.Trouble) error {
	p := draft.Publication
	d := preparePage{Frame: v.Head("制作公示文本", page.Link{Text: "公示", Href: root}, page.Link{Text: short(titleOf(p)), Href: address(p)}),
		P: p, Trouble: t, Rows: rowsOf(draft), Words: typed.Get("words"), Kind: typed.Get("kind"), Until: typed.Get("until"), Due: r.due(v, p), Result: resultOf(draft.Rendered)}
	d.Facts = []seat.Fact{{Name: "文号", Text: p.Number}, {Name: "当事人", Text: p.PartyName, Sub: p.PartyKind}}
	for _, k := range redact.Kinds() {
		d.Kinds = append(d.Kinds, string(k))
	}
	for _, row := range d.Rows {
		if row.Answer == "" {
			d.Open++
		}
	}
	d.Lines = linesOf(draft.Source, d.Rows, spansOf(draft))
	return v.Show(status, "prepare", d)
}

// spansOf puts together what was found and what was marked by hand, in the order of the text.
func spansOf(draft disclosure.Draft) []redact.Span {
	spans := slices.Clone(draft.Spans)
	for _, d := range draft.Decisions {
		if d.Span.Source == redact.FromManual && !slices.ContainsFunc(spans, func(s redact.Span) bool { return s.Start == d.Span.Start && s.End == d.Span.End }) {
			spans = append(spans, d.Span)
		}
	}
	sort.Slice(spans, func(i, j int) bool {
		if spans[i].Start != spans[j].Start {
			return spans[i].Start < spans[j].Start
		}
		return spans[i].End > spans[j].End
	})
	return spans
}

func rowsOf(draft disclosure.Draft) []findingRow {
	var rows []findingRow
	for i, s := range spansOf(draft) {
		row := findingRow{N: i + 1, Name: fieldOf(s), Kind: string(s.Kind), Text: s.Text, Label: s.Label, Sure: s.Sure, Manual: s.Source == redact.FromManual,
			Before: around(draft.Source[:s.Start], true), After: around(draft.Source[s.End:], false), Source: sourceWords(s.Source)}
		for _, d := range draft.Decisions {
			if d.Span.Start == s.Start && d.Span.End == s.End {
				row.Answer = keep
				if d.Accept {
					row.Answer = hide
				}
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func sourceWords(s redact.Source) string {
	switch s {
	case redact.FromKnown:
		return "案件中已知"
	case redact.FromStructure:
		return "号码特征"
	case redact.FromAddress:
		return "疑似地址"
	case redact.FromName:
		return "疑似姓名"
	case redact.FromManual:
		return "手工标记"
	}
	return ""
}

// contextRunes is how much of the text is shown before and after a finding.
const contextRunes = 12

func around(text string, before bool) string {
	runes := []rune(text)
	if len(runes) > contextRunes {
		if before {
			runes = runes[len(runes)-contextRunes:]
		} else {
			runes = runes[:contextRunes]
		}
	}
	line := string(runes)
	if i := strings.LastIndex(line, "\n"); before && i >= 0 {
		line = line[i+1:]
	}
	if i := strings.Index(line, "\n"); !before && i >= 0 {
		line = line[:i]
	}
	return line
}

// linesOf cuts the text at its lines and at the findings.
func linesOf(text string, rows []findingRow, spans []redact.Span) []sourceLine {
	var lines []sourceLine
	at := 0
	for i, line := range strings.Split(text, "\n") {
		l := sourceLine{}
		if i < len(heads()) {
			l.Head = heads()[i]
		}
		pos, end := at, at+len(line)
		for n, s := range spans {
			from, to := max(s.Start, pos), min(s.End, end)
			if from >= to {
				continue
			}
			if from > pos {
				l.Pieces = append(l.Pieces, sourcePiece{Text: text[pos:from]})
			}
			l.Pieces = append(l.Pieces, sourcePiece{Text: text[from:to], N: n + 1, Answer: rows[n].Answer, Sure: s.Sure})
			pos = to
		}
		if pos < end {
			l.Pieces = append(l.Pieces, sourcePiece{Text: text[pos:end]})
		}
		if len(l.Pieces) > 0 {
			lines = append(lines, l)
		}
		at = end + 1
	}
	return lines
}

func resultOf(rendered string) []resultLine {
	var list []resultLine
	for i, line := range strings.Split(rendered, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		l := resultLine{Text: line}
		if i < len(heads()) {
			l.Head = heads()[i]
		}
		list = append(list, l)
	}
	return list
}

// prepared takes what the maker answered: it is kept in any case, and becomes the public text when the maker says so.
func (r room) prepared(v *seat.Visitor) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	id := v.Path("id")
	draft, err := r.House.Disclosure.Draft(v.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	if err := v.Require(access.PublicationPrepare, thing(v, draft.Publication)); err != nil {
		return err
	}
	decisions, err := answers(draft, typed)
	draft.Decisions = decisions
	if err == nil {
		err = r.keepAnswers(v, draft.Publication, decisions, typed)
	}
	if err == nil && typed.Get("do") != "finish" {
		return v.Done(address(draft.Publication)+"/prepare", "已保存。下面是公开后的样子。")
	}
	if err == nil {
		return v.Done(address(draft.Publication), "公示文本已制作，等待第二人复核。")
	}
	t, ok := seat.TroubleOf(err)
	if !ok {
		return err
	}
	return r.showPrepare(v, http.StatusUnprocessableEntity, draft, typed, t)
}

func (r room) keepAnswers(v *seat.Visitor, p disclosure.Publication, decisions []redact.Decision, typed url.Values) error {
	until, err := untilOf(typed.Get("until"))
	if err != nil {
		return err
	}
	if typed.Get("do") == "finish" {
		return r.House.Disclosure.Prepare(v.Context(), v.Actor, p.ID, disclosure.Prepared{Decisions: decisions, PeriodUntil: until})
	}
	return r.House.Disclosure.SaveDecisions(v.Context(), v.Actor, p.ID, decisions)
}

func untilOf(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	d, err := workday.ParseDay(text)
	if err != nil {
		return "", refusal.Field("until", "公示期届满日应写成2026-11-24的形式。")
	}
	return d.String(), nil
}

// answers reads the form: one answer for each finding, and the words that the person marks in addition. What was
// understood is given back with the error, so that nothing typed is lost.
func answers(draft disclosure.Draft, typed url.Values) ([]redact.Decision, error) {
	var list []redact.Decision
	for _, s := range spansOf(draft) {
		answer := typed.Get(fieldOf(s))
		if answer == "" && typed.Get("do") == "all" {
			answer = hide
		}
		if answer == hide || answer == keep && s.Source != redact.FromManual {
			list = append(list, redact.Decision{Span: s, Accept: answer == hide})
		}
	}
	more, err := marked(draft.Source, typed.Get("words"), redact.Kind(typed.Get("kind")), list)
	return append(list, more...), err
}

// wordsLimit bounds what is marked by hand at once.
const wordsLimit = 100

// marked marks every place of the words, a word a line.
func marked(text, words string, as redact.Kind, have []redact.Decision) ([]redact.Decision, error) {
	if as == "" || !slices.Contains(redact.Kinds(), as) {
		as = redact.Name
	}
	var list []redact.Decision
	var missing []string
	for n, word := range page.Lines(words) {
		if n >= wordsLimit {
			return list, refusal.Field("words", fmt.Sprintf("一次最多标记%d个词，请分次保存。", wordsLimit))
		}
		found := false
		for at := 0; ; {
			i := strings.Index(text[at:], word)
			if i < 0 {
				break
			}
			found = true
			start := at + i
			at = start + len(word)
			if slices.ContainsFunc(slices.Concat(have, list), func(d redact.Decision) bool { return d.Accept && d.Span.Start <= start && d.Span.End >= at }) {
				continue
			}
			s, err := redact.Mark(text, start, at, as)
			if err != nil {
				return list, refusal.Field("words", err.Error())
			}
			list = append(list, redact.Decision{Span: s, Accept: true})
		}
		if !found {
			missing = append(missing, word)
		}
	}
	if missing != nil {
		return list, refusal.Field("words", "文本中没有“"+strings.Join(missing, "”、“")+"”，请照原文填写。")
	}
	return list, nil
}
