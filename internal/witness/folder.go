package witness

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// The folder of a witness holds its key, the list of the logs it knows, and one checkpoint for each log.
const (
	keyFile   = "witness.key"
	logsFile  = "logs"
	headsName = "heads"
)

// logsIntro is written into a new list of logs.
const logsIntro = "# 本见证方认可的日志，每行一个：log <公钥>。公钥由机关提供，应当当面或者从可信渠道核对。\n" +
	"# 修改后请重新启动见证服务。\n"

// Init makes the folder of a witness with a new key under a name. It never replaces a key.
func Init(dir, name string, clock func() time.Time) (*Cosigner, error) {
	path := filepath.Join(dir, keyFile)
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("witness: key %s: %w", path, fs.ErrExist)
	}
	c, err := NewCosigner(name, clock)
	if err != nil {
		return nil, err
	}
	if _, err := os.Lstat(filepath.Join(dir, logsFile)); errors.Is(err, fs.ErrNotExist) {
		if err := writeDurably(filepath.Join(dir, logsFile), logsIntro); err != nil {
			return nil, fmt.Errorf("witness: init: %w", err)
		}
	}
	if err := writeDurably(path, c.Text()); err != nil {
		return nil, fmt.Errorf("witness: init: %w", err)
	}
	return c, nil
}

// readKey reads the key of a witness, which nobody else on the machine may read.
func readKey(dir string, clock func() time.Time) (*Cosigner, error) {
	path := filepath.Join(dir, keyFile)
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("witness: key: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("witness: the key %s may be read by others; chmod 600 it and consider a new key", path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("witness: key: %w", err)
	}
	return ParseCosigner(string(text), clock)
}

// readLogs reads the list of known logs: lines "log <vkey>" as in a policy. A log may have several keys while it changes them.
func readLogs(dir string) (map[string][]note.Verifier, error) {
	text, err := os.ReadFile(filepath.Join(dir, logsFile))
	if err != nil {
		return nil, fmt.Errorf("witness: logs: %w", err)
	}
	known := map[string][]note.Verifier{}
	for i, line := range strings.Split(string(text), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if words[0] != "log" || len(words) < 2 {
			return nil, fmt.Errorf("%s 第 %d 行应当是“log 公钥”", logsFile, i+1)
		}
		v, err := note.NewVerifier(words[1])
		if err != nil {
			return nil, fmt.Errorf("%s 第 %d 行的公钥无效：%w", logsFile, i+1, err)
		}
		known[v.Name()] = append(known[v.Name()], v)
	}
	return known, nil
}

// OriginHash names a log in the addresses and files of a witness: the SHA-256 of its origin in lower-case hex.
func OriginHash(origin string) string {
	sum := sha256.Sum256([]byte(origin))
	return hex.EncodeToString(sum[:])
}

// heads keeps the latest co-signed checkpoint of each log.
type heads struct{ dir string }

func (h heads) path(originHash string) string { return filepath.Join(h.dir, headsName, originHash) }

// read gives the checkpoint of a log; the empty text where none was ever co-signed.
func (h heads) read(originHash string) (string, error) {
	text, err := os.ReadFile(h.path(originHash))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return string(text), err
}

func (h heads) write(originHash, checkpoint string) error {
	return writeDurably(h.path(originHash), checkpoint)
}

// writeDurably puts a file in place whole or not at all, on the disk before it returns, and lets nobody but the owner read
// it. After kill -9 or a power cut there is the old checkpoint or the new one.
func writeDurably(path, text string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
