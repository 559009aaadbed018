// Package book holds what a case is handled by: the books of the agency (law, forms, pack, calendar), the procedure as the
// flow table has it, the papers that each step calls for and the records of steps that have no statutory document.
//
// It serves duties 3, 8 and 15 (行政处罚法第三十八条第二款、第四十七条): what a step asks for is data, the same for whoever takes it. It
// imports the kernel only; everything else under casefile stands on it.
package book
