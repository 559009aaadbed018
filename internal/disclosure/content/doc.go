// Package content makes the public copy of a decision: one text of everything that is said, one redaction over it, and
// the result put back into title, party, result, basis and blocks.
//
// It serves duty 2 and 10 (行政处罚法第四十八条、第五十条): what is public is made from the redacted text only, never from the
// paper with something laid over it. It is pure and imports public, form/paper and redact.
package content
