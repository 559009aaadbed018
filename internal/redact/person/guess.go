package person

import (
	"strings"

	"mingjing/internal/redact/view"
)

// freeScore is what a candidate without a cue must reach; tuned on public corpora so that about seven in ten guesses are
// names while few names are missed.
const freeScore = 5

// described finds names that a sex, a title or the number of an identity card follows after a clear
// beginning: 。吴城,男,1985年生. Any given name will do.
func (n *finder) described() {
	for i, r := range n.v.Runes {
		end := 0
		switch {
		case (r == '男' || r == '女') && (n.edge(i+1) || n.v.At(i+1) == '性'):
			if end = i; !n.v.Broken(i) && (n.v.At(i-1) == ',' || n.v.At(i-1) == ':' || n.v.At(i-1) == '(' || n.v.At(i-1) == '、') {
				end--
			}
		case n.v.Has(i, "先生"), n.v.Has(i, "女士"):
			end = i
		case r == ',' && n.introduced(i+1) && n.v.At(i-3) != '经' && n.v.At(i-2) != '经': // 经查询, 经核
			end = i
		}
		for size := min(4, end); size >= 2; size-- {
			if n.describedAt(end-size, end) {
				break
			}
		}
	}
}

// introduced tells that what follows says who somebody is: 向从键,身份证号… Only people have these.
func (n *finder) introduced(i int) bool {
	for _, word := range []string{"身份证", "公民身份", "出生日期", "护照", "性别", "住址", "国籍"} {
		if n.v.Has(i, word) {
			return true
		}
	}
	return false
}

// describedAt takes the runes [i, end) as a name if a known surname begins them and nothing else stands before.
func (n *finder) describedAt(i, end int) bool {
	family := n.family(i)
	if family == 0 || end-i-family < 1 || end-i-family > 2 || n.leftScore(i) < 2 || n.shielded(i, end) {
		return false
	}
	for k := i; k < end; k++ {
		if !view.IsHan(n.v.Runes[k]) || n.v.Runes[k] == '某' || k > i && n.v.Gap[k] != view.GapNone && end-i > 2 {
			return false
		}
	}
	if _, cue := n.cueAt(i); cue >= end-i {
		return false // 董事长,住址 speaks of a post.
	}
	text := string(n.v.Runes[i:end])
	officer, public := n.public[text]
	if end-i == 2 && n.l.heads[pair{n.v.Runes[i], n.v.Runes[i+1]}] || public && !officer {
		return false
	}
	delete(n.public, text) // A text does not tell an officer's sex: 主办人 was somebody else's.
	n.seen[text], n.sure[text] = true, !officer
	n.add(i, end, !officer)
	return true
}

// addressed finds a bare surname with its title, 刘先生, which still names a person to those who know the case.
func (n *finder) addressed() {
	for i := 1; i < len(n.v.Runes); i++ {
		if (n.v.Has(i, "先生") || n.v.Has(i, "女士")) && n.l.common.Has(n.v.Runes[i-1]) && n.leftScore(i-1) > 0 && n.v.Gapless(i) && !n.shield[i-1] {
			n.add(i-1, i+2, false)
		}
	}
}

// free guesses names that no cue announces. All its findings are unsure.
func (n *finder) free() {
	for i := 0; i < len(n.v.Runes); i++ {
		if !n.l.common.Has(n.v.Runes[i]) && n.family(i) != 2 {
			continue
		}
		family := n.family(i)
		if family == 0 {
			continue
		}
		best, size := 0, 0
		for _, given := range []int{2, 1} {
			if s := n.score(i, family, given); s > best {
				best, size = s, family+given
			}
		}
		if best < freeScore {
			continue
		}
		text := string(n.v.Runes[i : i+size])
		if n.isPublic(text) || n.seen[text] || n.shielded(i, i+size) {
			i += size - 1
			continue
		}
		n.add(i, i+size, false)
		if best >= freeScore+1 && size > 2 {
			n.seen[text] = true
		}
		i += size - 1
	}
}

func (n *finder) isPublic(text string) bool {
	_, ok := n.public[text]
	return ok
}

// score adds up what speaks for a name of the given length at i; 0 means impossible.
func (n *finder) score(i, family, given int) int {
	end := i + family + given
	if end > len(n.v.Runes) || !n.givenOK(i, family, given, false) || n.isPlace(i, end) || n.ordinary(i, end, false) ||
		n.isOrganisation(end) {
		return 0
	}
	s := n.leftScore(i) + n.rightScore(end) + family
	if strings.ContainsRune("任华曾万时", n.v.Runes[i]) {
		s-- // These surnames mostly begin something else: 任经理, 华夏, 曾获.
	}
	for k := i + family; k < end; k++ {
		if !n.l.weak.Has(n.v.Runes[k]) {
			s++
		}
	}
	if given == 1 && (n.l.weak.Has(n.v.Runes[end-1]) || !n.edge(end) && n.l.given.Has(n.v.At(end))) {
		s--
	}
	return s
}

func (n *finder) leftScore(i int) int {
	switch r := n.v.At(i - 1); {
	case n.v.Broken(i) || r == ',' || r == '。' || r == '、' || r == ':' || r == ';' || r == '(' || r == '"' || r == '“' || r == ')':
		return 2
	case n.l.lead.Has(r):
		return 1
	}
	return 0
}

func (n *finder) rightScore(end int) int {
	v := n.v
	switch {
	case v.Has(end, "(身份证") || v.Has(end, "(公民身份"):
		return 5
	case v.Longest(end, n.l.after) > 0:
		return 2
	case n.edge(end) && v.At(end) != '(':
		return 1
	case n.l.stop.Has(v.At(end)):
		return 1
	}
	return 0
}

// repeat marks every further place at which an established name stands, which the grammar around it may have hidden.
func (n *finder) repeat() {
	if len(n.seen) == 0 {
		return
	}
	heads := map[rune][]string{}
	for text := range n.seen {
		r := []rune(text)[0]
		heads[r] = append(heads[r], text)
	}
	for i, r := range n.v.Runes {
		for _, text := range heads[r] {
			size := len([]rune(text))
			if !n.v.Has(i, text) || n.isPublic(text) || n.shielded(i, i+size) {
				continue
			}
			if size == 2 && WordEndingIn(n.v.At(i-1), r) {
				continue
			}
			n.add(i, i+size, n.sure[text] && size > 2)
		}
	}
}
