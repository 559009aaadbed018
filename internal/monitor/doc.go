// Package monitor is the outsider's program: it follows an agency's public log of disclosure by nothing but the public addresses,
// hashes every entry into the tree itself, and holds the pages against what the log says. It finds what was decided and is not
// public, what came late, and what was changed, taken away or shown to some and not to others.
//
// It serves duties 2, 10, 11 and 26 from the side of those who do not trust us: 行政处罚法第四十八条 (publication, and withdrawal
// within three days with its reason), 国办发〔2018〕118号（六） (7 and 20 working days).
//
// It imports witness, workday and nothing else of the house: the formats are read here a second time, so that a mistake of the
// program is not made twice. It knows nothing of the database.
package monitor
