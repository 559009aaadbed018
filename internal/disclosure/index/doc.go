// Package index fills the search index of the portal from the durable queue that disclosure writes.
//
// It serves duty 2 (政府信息公开条例第二十四条: the platform must offer search). An act never waits for the index; how far
// it lags is shown. A withdrawal takes its publication out at once.
//
// It imports public and db.
package index
