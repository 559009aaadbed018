package paper

// The page after GB/T 9704-2012, in points. The core (版心) is 156 by 225 mm and
// holds 22 lines of 28 characters.
const (
	mm         = 72 / 25.4
	pageWidth  = 210 * mm
	pageHeight = 297 * mm
	coreLeft   = 28 * mm
	coreTop    = 37 * mm
	coreWidth  = 156 * mm
	coreHeight = 225 * mm
	coreRight  = coreLeft + coreWidth
	coreBottom = coreTop + coreHeight
	pitch      = coreHeight / 22
	size3      = 16.0 // 3号
	size4      = 14.0 // 4号
	sizeSmall4 = 12.0 // 小4号
	size5      = 10.5 // 5号
	size2      = 22.0 // 2号
	grid       = coreWidth/28 - size3
)

// row is a strip of a page, from margin to margin; its marks are placed from its
// own top left.
type row struct {
	height float64
	lead   float64 // space above, left out at the top of a page
	marks  []mark
	keep   bool // stays on the page of the next row
	close  bool // belongs to a signature, which no page may begin with
	head   *row // repeated where a page begins with this row
	// cut parts a row that is higher than the room left; ok is false where that
	// would leave too little on either side.
	cut func(room float64) (upper, lower row, ok bool)
}

// page is the marks of one page.
type page struct {
	marks []mark
	used  float64
}

func (p *page) place(r row) {
	if p.used > 0 {
		p.used += r.lead
	}
	for _, m := range r.marks {
		p.marks = append(p.marks, m.moved(coreLeft, coreTop+p.used))
	}
	p.used += r.height
}

// paginate puts rows on pages of the given height; rows that must stay together do.
func paginate(rows []row, height float64) []page {
	pages := []page{{}}
	begun := false // whether the page has more than a repeated head
	place := func(r row) {
		pages[len(pages)-1].place(r)
		begun = true
	}
	turn := func(next row) {
		pages = append(pages, page{})
		if next.head != nil {
			place(*next.head)
		}
		begun = false
	}
	for len(rows) > 0 {
		n := group(rows)
		room := height - pages[len(pages)-1].used + slack
		if total(rows[:n]) <= room {
			for _, r := range rows[:n] {
				place(r)
			}
			rows = rows[n:]
			continue
		}
		if n > 1 && !begun || total(rows[:n]) > height+slack && n > 1 {
			rows[0].keep = false // more than a page cannot stay together
			continue
		}
		upper, lower, ok := part(rows[0], n, room, height, begun)
		switch {
		case ok:
			place(upper)
			rows = append([]row{lower}, rows[1:]...)
			turn(lower)
		case begun:
			turn(rows[0])
		default: // nothing helps: a row higher than a page
			place(rows[0])
			rows = rows[1:]
		}
	}
	return pages
}

// part cuts a single row that is too high for the room left: one that would
// leave a large hole at the foot of the page, or that no page can hold.
func part(r row, n int, room, height float64, begun bool) (upper, lower row, ok bool) {
	if n > 1 || r.cut == nil || begun && r.height < height/2 {
		return row{}, row{}, false
	}
	upper, lower, ok = r.cut(room - r.lead)
	lower.head, lower.keep = r.head, r.keep
	return upper, lower, ok
}

// group is how many rows from the first on stay on one page.
func group(rows []row) int {
	n := 1
	for n < len(rows) && rows[n-1].keep {
		n++
	}
	return n
}

func total(rows []row) float64 {
	sum := 0.0
	for i, r := range rows {
		sum += r.height
		if i > 0 {
			sum += r.lead
		}
	}
	return sum
}

// bind keeps signatures together, with the two rows before them: a signature
// alone on a page could be put under anything.
func bind(rows []row) {
	for i := range rows {
		if !rows[i].close {
			continue
		}
		for j := max(0, i-2); j < i; j++ {
			rows[j].keep = true
		}
	}
}
