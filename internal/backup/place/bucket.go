package place

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// bucket is a second place that speaks S3, as the clouds for government do.
type bucket struct {
	client       *minio.Client
	name, prefix string
	shown        string
}

// Bucket opens "s3://BUCKET/PREFIX?endpoint=https://HOST&region=R". The access key comes from the environment
// (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or MINIO_…) or from ~/.aws/credentials, never from the address, which is
// shown and logged.
func Bucket(address string, transport http.RoundTripper) (*bucket, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("backup: destination: %w", err)
	}
	if u.User != nil {
		return nil, fmt.Errorf("backup: destination s3://%s: the access key belongs into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, not into the address", u.Host)
	}
	endpoint, err := url.Parse(u.Query().Get("endpoint"))
	if err != nil || endpoint.Host == "" || u.Host == "" {
		return nil, fmt.Errorf("backup: destination s3://%s: want s3://BUCKET/PREFIX?endpoint=https://HOST", u.Host)
	}
	options := &minio.Options{Secure: endpoint.Scheme != "http", Region: u.Query().Get("region"), Transport: transport,
		Creds: credentials.NewChainCredentials([]credentials.Provider{&credentials.EnvAWS{}, &credentials.EnvMinio{}, &credentials.FileAWSCredentials{}})}
	if u.Query().Get("path") == "1" {
		options.BucketLookup = minio.BucketLookupPath
	}
	client, err := minio.New(endpoint.Host, options)
	if err != nil {
		return nil, fmt.Errorf("backup: destination s3://%s: %w", u.Host, err)
	}
	prefix := strings.Trim(u.Path, "/")
	if prefix != "" {
		prefix += "/"
	}
	return &bucket{client: client, name: u.Host, prefix: prefix, shown: "s3://" + u.Host + "/" + prefix + "@" + endpoint.Host}, nil
}

func (b *bucket) String() string { return b.shown }

func (b *bucket) Put(ctx context.Context, name string, content []byte) error {
	// One request for each object: no piece is large enough to need parts.
	_, err := b.client.PutObject(ctx, b.name, b.prefix+name, bytes.NewReader(content), int64(len(content)),
		minio.PutObjectOptions{ContentType: "application/octet-stream", DisableMultipart: true, SendContentMd5: true})
	if err != nil {
		return fmt.Errorf("backup: put %s: %w", name, err)
	}
	return nil
}

func (b *bucket) Get(ctx context.Context, name string) ([]byte, error) {
	object, err := b.client.GetObject(ctx, b.name, b.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return nil, err
	}
	defer object.Close()
	content, err := limited(object)
	if minio.ToErrorResponse(err).Code == "NoSuchKey" {
		return nil, ErrMissing
	}
	return content, err
}

func (b *bucket) Remove(ctx context.Context, name string) error {
	if err := b.client.RemoveObject(ctx, b.name, b.prefix+name, minio.RemoveObjectOptions{}); err != nil {
		return fmt.Errorf("backup: remove %s: %w", name, err)
	}
	return nil
}

func (b *bucket) List(ctx context.Context, prefix string, use func(string, int64) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop() // ends the listing when use does
	for object := range b.client.ListObjects(ctx, b.name, minio.ListObjectsOptions{Prefix: b.prefix + prefix, Recursive: true}) {
		if object.Err != nil {
			return fmt.Errorf("backup: list %s: %w", prefix, object.Err)
		}
		if err := use(strings.TrimPrefix(object.Key, b.prefix), object.Size); err != nil {
			return err
		}
	}
	return nil
}
