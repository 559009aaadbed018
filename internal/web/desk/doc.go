// Package desk is the face for the people of the agency: it seats whoever signs in, puts the rail of rooms around every
// page, shows what waits for the person today, and installs the rooms of the desk beside it.
//
// It serves every duty through its rooms, and by itself the second factor, the proof of presence before acts of weight and
// acting for a colleague on leave (AB角). A handler decodes, asks one command and redirects; it holds no rule, no SQL and no
// clock. It imports web, seat and the rooms beside it, house, access, casefile, document and deadline for the first page.
package desk
