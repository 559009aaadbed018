package quorum

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/witness"
)

// File is a request as it goes to a witness on removable media.
type File struct {
	Name string
	Text string
}

// Requests writes a request file for every log and every witness of the policy that has something to sign, or of the one that is
// named. From is the size that the witness said it knows; negative takes what it signed last.
func (k *Keeper) Requests(ctx context.Context, name string, from int64) ([]File, error) {
	var list []File
	err := k.d.Read(ctx, func(tx *db.Tx) error {
		for _, log := range k.o.Logs {
			p, err := Policy(tx, log)
			if err != nil {
				return err
			}
			if p == nil {
				return errors.New("还没有配置见证策略：请先用 mingjing serve --policy 启动一次")
			}
			for _, m := range p.Witnesses {
				if name != "" && m.Name != name {
					continue
				}
				a, open, err := prepare(tx, log, m, from)
				if err != nil {
					return fmt.Errorf("quorum: request of %s for %s: %w", log, m.Name, err)
				}
				if open {
					list = append(list, File{Name: strings.NewReplacer("/", "_", "\\", "_", ":", "_").Replace(m.Name + "-" + log + ".request"), Text: a.request.String()})
				}
			}
		}
		return nil
	})
	return list, err
}

// Take reads an answer that came back on removable media and keeps its signatures. The sentence says what was in it.
func (k *Keeper) Take(ctx context.Context, text string) (string, error) {
	a, err := witness.ParseAnswer(text)
	if err != nil {
		return "", err
	}
	switch a.Status {
	case http.StatusOK:
		return k.take(ctx, a)
	case http.StatusConflict:
		return fmt.Sprintf("见证方最后见证的是 %d 条。请以 --from %d 重新导出请求；若本机没有这么多条，说明记录被回退，应当立即查处。", a.Size, a.Size), nil
	}
	return fmt.Sprintf("见证方拒绝签名（%d）：%s", a.Status, a.Why), nil
}

func (k *Keeper) take(ctx context.Context, a witness.Answer) (string, error) {
	h, err := witness.ReadHead(a.Checkpoint)
	if err != nil {
		return "", err
	}
	for _, log := range k.o.Logs {
		if ledger.Origin(log) != h.Origin {
			continue
		}
		var p *witness.Policy
		if err := k.d.Read(ctx, func(tx *db.Tx) (err error) {
			p, err = Policy(tx, log)
			return err
		}); err != nil {
			return "", err
		}
		if p == nil {
			return "", errors.New("还没有配置见证策略")
		}
		if err := k.Keep(ctx, log, p, a.Checkpoint); err != nil {
			return "", err
		}
		return fmt.Sprintf("已收下 %s 覆盖 %d 条的见证签名。", h.Origin, h.Size), nil
	}
	return "", fmt.Errorf("回执是另一个日志的：%s", h.Origin)
}
