package flow

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"mingjing/internal/law"
)

// Measures of the public flowchart, in user units (CSS pixels at 100 %).
const (
	spineX, spineWidth  = 16, 260
	sideX, sideWidth    = 336, 248
	chartWidth          = 600
	padding, gap        = 12, 28
	titleSize, noteSize = 16, 13
	lineHeight          = 1.5
	legendHeight        = 20
)

// box is one step as drawn.
type box struct {
	step        Step
	title, note []string
	x, y, w, h  int
	side, exit  bool
}

// SVG draws the public steps as a vertical flowchart with Chinese labels: the usual way
// down the left column, what happens only where needed on the right, limits in small
// type with the values of the day (duty 6). It takes its colours from the page
// (currentColor), holds no script and no outside reference, and is safe to inline.
func (m *Machine) SVG(values law.Values) string {
	boxes, height := m.layout(values)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="flow-%s-title flow-%s-desc" font-family="'Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif" fill="none" stroke="currentColor">`+"\n",
		chartWidth, height, chartWidth, height, m.Code, m.Code)
	fmt.Fprintf(&b, `<title id="flow-%s-title">%s流程图</title>`+"\n", m.Code, html.EscapeString(m.Title))
	fmt.Fprintf(&b, `<desc id="flow-%s-desc">%s</desc>`+"\n", m.Code, html.EscapeString(m.Outline()))
	var spine *box
	for i := range boxes {
		x := &boxes[i]
		if x.side {
			drawBranch(&b, spine, x)
		} else {
			if spine != nil {
				drawArrow(&b, spine, x)
			}
			spine = x
		}
		x.draw(&b)
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" font-size="%d" fill="currentColor" stroke="none" fill-opacity="0.8">虚线框：需要时进行；半圆框：程序至此终了</text>`+"\n</svg>\n", spineX, height-padding/2, noteSize)
	return b.String()
}

// Outline is the chart in words, for readers who do not see it.
func (m *Machine) Outline() string {
	var usual, needed []string
	for _, s := range m.Steps {
		switch {
		case !s.Public:
		case s.Optional:
			needed = append(needed, s.Title)
		default:
			usual = append(usual, s.Title)
		}
	}
	text := "依次为：" + strings.Join(usual, "、") + "。"
	if len(needed) > 0 {
		text += "需要时还有：" + strings.Join(needed, "、") + "。"
	}
	return text
}

// layout places the boxes and returns the height of the chart.
func (m *Machine) layout(values law.Values) ([]box, int) {
	var boxes []box
	spineY, sideY := padding, padding
	for _, s := range m.Steps {
		if !s.Public {
			continue
		}
		x := box{step: s, side: s.Optional, exit: m.leaves(s)}
		if x.side {
			x.x, x.w, x.y = sideX, sideWidth, sideY
		} else {
			spineY = max(spineY, sideY)
			x.x, x.w, x.y = spineX, spineWidth, spineY
			sideY = spineY
		}
		x.title = wrap(s.Title, (x.w-2*padding)/titleSize)
		x.note = notes(s, values, (x.w-2*padding)/noteSize)
		x.h = 2*padding + int(lineHeight*float64(len(x.title)*titleSize+len(x.note)*noteSize))
		if x.side {
			sideY = x.y + x.h + gap/2
		} else {
			spineY = x.y + x.h + gap
		}
		boxes = append(boxes, x)
	}
	return boxes, max(spineY, sideY) + legendHeight
}

// leaves reports whether no usual public step goes on from where the step leads.
func (m *Machine) leaves(s Step) bool {
	if s.To == Stay || !s.Optional {
		return false
	}
	return !slices.ContainsFunc(m.Steps, func(next Step) bool {
		return next.Public && next.Code != s.Code && slices.Contains(next.From, s.To)
	})
}

// notes are the limits that the step starts, one a line.
func notes(s Step, values law.Values, columns int) []string {
	var lines []string
	for _, d := range s.Deadlines {
		lines = append(lines, wrap(d.Label+"："+values.Period(d.Param), columns)...)
	}
	return lines
}

// wrap cuts a text after so many Han characters; a Latin letter counts as one, too.
func wrap(text string, columns int) []string {
	var lines []string
	for line := range slices.Chunk([]rune(text), max(1, columns)) {
		lines = append(lines, string(line))
	}
	return lines
}

// draw writes the frame and its text.
func (x *box) draw(b *strings.Builder) {
	style, radius := "", 4
	if x.side {
		style = ` stroke-dasharray="5 4"`
	}
	if x.exit {
		style, radius = "", x.h/2
	}
	fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" rx="%d" stroke-width="1.5"%s/>`+"\n", x.x, x.y, x.w, x.h, radius, style)
	y := float64(x.y + padding)
	write := func(lines []string, size int, opacity string) {
		for _, line := range lines {
			y += lineHeight * float64(size)
			fmt.Fprintf(b, `<text x="%d" y="%.1f" font-size="%d" text-anchor="middle" fill="currentColor" stroke="none"%s>%s</text>`+"\n",
				x.x+x.w/2, y-0.4*float64(size), size, opacity, html.EscapeString(line))
		}
	}
	write(x.title, titleSize, "")
	write(x.note, noteSize, ` fill-opacity="0.8"`)
}

// drawArrow goes down from one spine box to the next.
func drawArrow(b *strings.Builder, from, to *box) {
	x := from.x + from.w/2
	fmt.Fprintf(b, `<path d="M%d %dV%dm-5 -7l5 7l5 -7" stroke-width="1.5"/>`+"\n", x, from.y+from.h, to.y)
}

// drawBranch goes from the spine box to a box on the right.
func drawBranch(b *strings.Builder, from, to *box) {
	if from == nil {
		return
	}
	startY, endY := from.y+from.h/2, to.y+to.h/2
	middle := (from.x + from.w + to.x) / 2
	fmt.Fprintf(b, `<path d="M%d %dH%dV%dH%dm-7 -5l7 5l-7 5" stroke-width="1.2"/>`+"\n", from.x+from.w, startY, middle, endY, to.x)
}
