package db

// BadDisk is badDisk, for tests.
var BadDisk = badDisk
