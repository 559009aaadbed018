// Package intake is the desk's pages of 导入: bring a file of past decisions, say which column is what, see what every row
// would become, import it while it can be left and found again, and have a second person check the lot.
//
// It serves duty 26 and 27 and fills duty 2 and 10 from the first day (国办发〔2018〕118号（六）). The work is that of package
// exchange; long work goes through the queue. It imports seat, exchange, job, access, disclosure and page.
package intake
