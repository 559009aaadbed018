// Package static holds the style sheets, the script and the pictures of the pages, inside the program, under addresses that
// change with their content, so that browsers may keep them for ever.
//
// It serves every duty through the pages of the faces. It imports the standard library only.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
)

//go:embed file
var files embed.FS

// Prefix is where the files are served.
const Prefix = "/static/"

// asset is one file made ready.
type asset struct {
	url    string
	kind   string
	plain  []byte
	packed func() []byte // compressed when it is asked for first; nil where that saves nothing
}

// assets are made once, when the first page names one of them, from what the program carries.
var assets = sync.OnceValue(load)

func load() map[string]asset {
	entries, err := files.ReadDir("file")
	if err != nil {
		panic("static: the program carries no files: " + err.Error())
	}
	byName := make(map[string]asset, len(entries))
	for _, entry := range entries {
		plain, err := files.ReadFile("file/" + entry.Name())
		if err != nil {
			panic("static: " + err.Error())
		}
		byName[entry.Name()] = ready(entry.Name(), plain)
	}
	return byName
}

func ready(name string, plain []byte) asset {
	sum := sha256.Sum256(plain)
	ext := path.Ext(name)
	a := asset{plain: plain, kind: kindOf(ext), url: Prefix + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext}
	a.packed = sync.OnceValue(func() []byte { return pack(plain) })
	return a
}

func pack(plain []byte) []byte {
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	_, _ = z.Write(plain) // A bytes.Buffer takes everything.
	_ = z.Close()
	if packed.Len() >= len(plain) {
		return nil
	}
	return packed.Bytes()
}

func kindOf(ext string) string {
	switch ext {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	}
	return mime.TypeByExtension(ext)
}

// URL is the address of a file; a file that is not there gives an address that answers 404, which the crawl test finds.
func URL(name string) string {
	if a, ok := assets()[name]; ok {
		return a.url
	}
	return Prefix + name
}

// Handler serves the files by their addresses.
func Handler() http.Handler {
	byURL := sync.OnceValue(func() map[string]asset {
		list := assets()
		byURL := make(map[string]asset, len(list))
		for _, a := range list {
			byURL[a.url] = a
		}
		return byURL
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := byURL()[r.URL.Path]
		if !ok {
			http.Error(w, "没有这个文件", http.StatusNotFound)
			return
		}
		h := w.Header()
		h.Set("Content-Type", a.kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Vary", "Accept-Encoding")
		body := a.plain
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			if packed := a.packed(); packed != nil {
				h.Set("Content-Encoding", "gzip")
				body = packed
			}
		}
		if r.Method == http.MethodHead {
			return
		}
		_, _ = w.Write(body)
	})
}
