// Package prefill is what a case can put into a new paper, so that nobody types twice what is known (form.Paths names the paths),
// and what of a written paper no longer says what the program works out.
//
// It serves duties 8 and 15 (行政处罚法第四十七条、第五十八条): a paper repeats the record. It reads packages book, picture, payment and
// facts of casefile and the kernel, and writes nothing.
package prefill
