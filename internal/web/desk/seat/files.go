package seat

// FileRow is one file beside a record.
type FileRow struct {
	Name, Kind, Size, At, Href, Digest string
	Of                                 string // which of several papers it belongs to
}

// Files is the piece with the scans and photos of a record on its page; nothing is shown where there are none and none may
// be added.
type Files struct {
	Rows []FileRow
	Add  string // the page on which one is added
	Note string // why none can be added any more
}
