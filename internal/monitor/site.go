package monitor

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	"golang.org/x/time/rate"
)

// site asks the portal, no faster than it was told to.
type site struct {
	base   string
	client *http.Client
	pace   *rate.Limiter
	asked  int
}

// errUnreachable wraps what says nothing about the portal but that it did not answer.
var errUnreachable = errors.New("the portal does not answer")

// bodyLimit bounds what is read of an answer.
const bodyLimit = 32 << 20

// get asks for an address; any status below 500 but "too many requests" is an answer.
func (s *site) get(ctx context.Context, path string) (status int, body []byte, err error) {
	for try := range 4 {
		if err := s.pace.Wait(ctx); err != nil {
			return 0, nil, err
		}
		status, body, err = s.once(ctx, path)
		if err == nil && status < 500 && status != http.StatusTooManyRequests {
			return status, body, nil
		}
		select {
		case <-ctx.Done():
			return 0, nil, ctx.Err()
		case <-time.After(time.Duration(1<<try) * 100 * time.Millisecond):
		}
	}
	if err == nil {
		err = fmt.Errorf("status %d", status)
	}
	return 0, nil, fmt.Errorf("%w: %s: %w", errUnreachable, path, err)
}

func (s *site) once(ctx context.Context, path string) (int, []byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+path, nil)
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("User-Agent", "mingjing-monitor")
	req.Header.Set("Cache-Control", "no-cache")
	s.asked++
	res, err := s.client.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, bodyLimit))
	return res.StatusCode, body, err
}

// log is the address of a part of the public log.
func logPath(agency, part string) string { return "/log/" + url.PathEscape(agency) + "/" + part }

// tiles reads the tree of the log from its tiles; tlog checks what it gives against the root.
type tiles struct {
	ctx    context.Context
	site   *site
	agency string
}

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(list []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, one := range list {
		path := strings.Replace(one.Path(), "tile/8/", "tile/", 1)
		status, data, err := t.site.get(t.ctx, logPath(t.agency, path))
		if err == nil && status != http.StatusOK {
			err = fmt.Errorf("%s: status %d", path, status)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// bundlePath is the address of a bundle of entries: full, or of a width.
func bundlePath(n int64, width int) string {
	path := tlog.Tile{H: 8, L: -1, N: n, W: width}.Path()
	return strings.Replace(strings.Replace(path, "tile/8/", "tile/", 1), "/data/", "/entries/", 1)
}
