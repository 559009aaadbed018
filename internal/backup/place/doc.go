// Package place is where backups lie (备份存放处): a folder, best on another machine, or a bucket that speaks S3. It knows names and
// bytes and nothing of what they are.
//
// It serves duties 13 and 18 with package backup. It imports nothing of the house.
package place
