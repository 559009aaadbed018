// Package gate holds the tests of the forbidden orders (门槛): a decision without its review, a publication before service, and
// the others of the table in order_test.go. Each of the five levels that stop them is proven alone with the other four
// switched off, and a search goes through every state that four people reach by the real commands and looks for a
// forbidden one.
//
// It serves duties 10, 11, 15 and 19 to 25 (行政处罚法第四十八条、第五十七条、第五十八条). It holds tests only.
package gate
