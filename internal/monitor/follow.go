package monitor

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/witness"
)

func (r *run) origin() string { return "mingjing/" + r.state.Agency + "/public" }

// follow reads the newest checkpoint and every entry up to it, and hashes them into the tree that is remembered. Going on from the
// remembered tree to the signed root proves by itself that nothing before was changed. sound is false where it was.
func (r *run) follow(ctx context.Context) (sound bool, err error) {
	status, body, err := r.site.get(ctx, logPath(r.state.Agency, "checkpoint"))
	if err != nil {
		return false, err
	}
	if status != http.StatusOK {
		if r.state.Size == 0 {
			return false, fmt.Errorf("机关 %s 没有公示日志（%d）", r.state.Agency, status)
		}
		r.find(Shrunken, r.state.Agency, "公示日志不见了（%d），以前有 %d 项", status, r.state.Size)
		return false, nil
	}
	signed := string(body)
	head, err := witness.ReadHead(signed)
	if err != nil || head.Origin != r.origin() {
		r.find(Signature, r.state.Agency, "检查点的格式或者名称不对")
		return false, nil
	}
	if ok := r.trust(signed); !ok {
		return false, nil
	}
	t := &tree{size: r.state.Size, peaks: r.state.Peaks}
	switch {
	case head.Size < t.size:
		r.find(Shrunken, r.state.Agency, "日志只有 %d 项，以前有 %d 项；两个签名的检查点即为证据：\n%s\n%s", head.Size, t.size, r.state.Checkpoint, signed)
		return false, nil
	case head.Size == t.size && head.Root != t.root():
		r.find(Forked, r.state.Agency, "%d 项的日志有两个不同的根；两个签名的检查点即为证据：\n%s\n%s", t.size, r.state.Checkpoint, signed)
		return false, nil
	}
	entries, t, err := r.entries(ctx, t.clone(), head.Size)
	if err != nil {
		return false, err
	}
	if entries == nil && head.Size > r.state.Size || t.root() != head.Root {
		r.find(r.blame(ctx, head), r.state.Agency, "日志的条目与签名的根不符（%d 项），或者不是以前 %d 项的延续；签名的检查点：\n%s\n%s", head.Size, r.state.Size, r.state.Checkpoint, signed)
		return false, nil
	}
	r.head = head
	if r.state.Key == "" && !r.firstKey(entries, signed) {
		return false, nil
	}
	told := len(r.report.Findings)
	for _, e := range entries {
		r.fold(e)
	}
	r.stands(r.report.Findings[told:])
	r.state.Size, r.state.Peaks, r.state.Checkpoint = head.Size, t.peaks, signed
	return true, nil
}

// trust checks the log's signature by the key that was given or remembered; the first time there may be none yet.
func (r *run) trust(signed string) bool {
	key := r.o.Key
	if key == "" && r.o.Policy != nil {
		if l, ok := r.o.Policy.LogKey(r.origin()); ok {
			key = l.Key
		}
	}
	if key == "" {
		key = r.state.Key
	}
	if key == "" {
		return true
	}
	if _, err := witness.OpenHead(signed, key); err != nil {
		r.find(Signature, r.state.Agency, "检查点没有日志公钥 %s 的有效签名：\n%s", key, signed)
		return false
	}
	r.state.Key = key
	return true
}

// firstKey takes the key that the log names itself, where nobody gave one.
func (r *run) firstKey(entries []entry, signed string) bool {
	r.report.FirstUse = true
	for _, e := range entries {
		if e.Kind == "KEY" && e.Ref["log"] != "" {
			r.state.Key = e.Ref["log"]
		}
	}
	if r.state.Key == "" {
		return true // it will say so within the day; until then the hashes alone are checked
	}
	if _, err := witness.OpenHead(signed, r.state.Key); err != nil {
		r.find(Signature, r.state.Agency, "检查点没有日志自称的公钥 %s 的有效签名", r.state.Key)
		return false
	}
	return true
}

// blame tells a fork from damaged entries: the tiles of hashes either lead from the old root to the new one or do not.
func (r *run) blame(ctx context.Context, head witness.Head) Kind {
	if r.state.Size == 0 {
		return Broken
	}
	old := (&tree{size: r.state.Size, peaks: r.state.Peaks}).root()
	now := tlog.Tree{N: head.Size, Hash: head.Root}
	root, err := tlog.TreeHash(r.state.Size, tlog.TileHashReader(now, tiles{ctx, r.site, r.state.Agency}))
	if err == nil && root != old {
		return Forked
	}
	return Broken
}

// entries reads the bundles from the remembered size on. Entries that cannot be read leave the tree behind, which its root shows.
func (r *run) entries(ctx context.Context, t *tree, size int64) ([]entry, *tree, error) {
	list := []entry{}
	for t.size < size {
		n := t.size / 256
		width := int(min(256, size-n*256))
		status, body, err := r.site.get(ctx, logPath(r.state.Agency, bundlePath(n, width)))
		if err != nil {
			return nil, t, err
		}
		raw, err := unpack(body)
		if status != http.StatusOK || err != nil || len(raw) != width {
			return nil, t, nil
		}
		for _, one := range raw[t.size-n*256:] {
			e, err := readEntry(one)
			if err != nil {
				return nil, t, nil
			}
			list = append(list, e)
			t.add(e.hash)
		}
	}
	return list, t, nil
}

// quorumLate is how long a log may go without the quorum before that is wrong (an agency's work does not wait for witnesses).
const quorumLate = 24 * time.Hour

// witnesses holds the log against what outsiders signed: the quorum under what is served, and each witness itself, which cannot be
// shown another log than we are without one of us noticing.
func (r *run) witnesses(ctx context.Context) error {
	p := r.o.Policy
	if p == nil || p.Need() == 0 {
		r.report.Witnessed = "没有给出见证策略，未核对（--policy）"
		return nil
	}
	list, met := p.Cosignatures(r.state.Checkpoint)
	r.report.Witnessed = fmt.Sprintf("最新检查点 %d/%d（至少须 %d）", len(list), len(p.Witnesses), p.Need())
	if !met {
		if err := r.lastQuorum(ctx, p); err != nil {
			return err
		}
	}
	for _, m := range p.Witnesses {
		if m.URL == "" {
			continue
		}
		seen, err := witness.Seen(ctx, r.site.client, m.URL, r.origin())
		if err != nil || seen == "" {
			r.report.Witnessed += "；" + m.Name + " 没有答复"
			continue
		}
		if err := r.compare(ctx, m.Name, seen); err != nil {
			return err
		}
	}
	return nil
}

// lastQuorum looks for the newest checkpoint with the quorum, and how old it is.
func (r *run) lastQuorum(ctx context.Context, p *witness.Policy) error {
	status, body, err := r.site.get(ctx, logPath(r.state.Agency, "witnessed"))
	if err != nil {
		return err
	}
	signed := string(body)
	list, met := p.Cosignatures(signed)
	if status != http.StatusOK || !met {
		r.find(NoQuorum, r.state.Agency, "没有一个检查点达到见证门槛（至少须 %d 家）", p.Need())
		return nil
	}
	if err := r.compare(ctx, "门户", signed); err != nil {
		return err
	}
	newest := list[0].At
	for _, c := range list {
		if c.At.After(newest) {
			newest = c.At
		}
	}
	age := r.now.Sub(newest)
	r.report.Witnessed += fmt.Sprintf("；上次达到门槛在 %s", newest.Local().Format("2006-01-02 15:04"))
	if age > quorumLate {
		r.find(NoQuorum, r.state.Agency, "有新条目而超过一天没有达到见证门槛，上次在 %s", newest.Local().Format("2006-01-02 15:04"))
	}
	return nil
}

// compare holds a checkpoint that somebody else has of the same log against ours.
func (r *run) compare(ctx context.Context, who, signed string) error {
	h, err := witness.OpenHead(signed, r.state.Key)
	if err != nil || h.Origin != r.origin() {
		r.find(Signature, who, "%s 给出的检查点没有日志的有效签名", who)
		return nil
	}
	if h.Size > r.head.Size {
		if _, err := r.follow(ctx); err != nil { // it may have grown while we looked
			return err
		}
	}
	if h.Size > r.head.Size {
		r.find(Shrunken, who, "%s 见过 %d 项的日志，现在只看到 %d 项；检查点：\n%s\n%s", who, h.Size, r.head.Size, signed, r.state.Checkpoint)
		return nil
	}
	if h.Size == 0 {
		return nil
	}
	root, err := r.rootAt(ctx, h.Size)
	if err != nil && strings.Contains(err.Error(), errUnreachable.Error()) {
		return err
	}
	if err != nil || root != h.Root {
		r.find(Forked, who, "%s 见过另一段历史：%d 项时的根不同；检查点：\n%s\n%s", who, h.Size, signed, r.state.Checkpoint)
	}
	return nil
}
