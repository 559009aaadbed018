// Package page reads pages in tests: what stands where, where links lead, and whether a page is built as people with a
// screen reader, without a mouse or without script need it (无障碍环境建设法第三十二条; GB/T 37668).
//
// It serves every duty through the tests of its pages and imports golang.org/x/net/html.
package page
