package place

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Place is a second place: a folder, or a bucket that speaks S3. Names are plain ASCII paths with slashes.
type Place interface {
	// Put stores an object durably; an object of that name is replaced.
	Put(ctx context.Context, name string, content []byte) error
	// Get reads a whole object; the error is ErrMissing where there is none.
	Get(ctx context.Context, name string) ([]byte, error)
	// List calls use for each object whose name begins with prefix, in no particular order.
	List(ctx context.Context, prefix string, use func(name string, size int64) error) error
	// Remove takes an object away durably; one that is not there is no error.
	Remove(ctx context.Context, name string) error
	// String names the place without its secrets.
	String() string
}

// ErrMissing says that the second place holds no such object.
var ErrMissing = errors.New("there is no such object")

// Limit bounds an object that is read into memory; pieces are far smaller, a manifest of a million blobs is not.
const Limit = 512 << 20

// Open opens the place that an address names: "s3://BUCKET/PREFIX?endpoint=https://HOST" or a folder's path.
func Open(address string) (Place, error) {
	if address == "" {
		return nil, errors.New("backup: the destination is empty")
	}
	if strings.HasPrefix(address, "s3://") {
		return Bucket(address, nil)
	}
	if strings.Contains(address, "://") {
		return nil, fmt.Errorf("backup: destination %q: want a folder or s3://BUCKET/PREFIX?endpoint=https://HOST", address)
	}
	return openFolder(strings.TrimPrefix(address, "folder:"))
}
