package monitor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	"golang.org/x/time/rate"

	"mingjing/internal/witness"
	"mingjing/internal/workday"
)

// Options say what is watched and how.
type Options struct {
	Base   string // the portal's address
	Agency string // its id; the portal's only or first one when empty
	Key    string // the log's verifier key from a trusted channel
	Policy *witness.Policy
	All    bool    // hold every page against the log, not only what changed and a part of the rest
	Rate   float64 // requests each second
	Client *http.Client
	Now    time.Time
}

// pagesEach is how many unchanged pages are looked at in a run, those first that were not for the longest time.
const pagesEach = 50

// run is one look at the log and the pages.
type run struct {
	o        Options
	site     *site
	state    *State
	calendar *workday.Calendar
	report   Report
	claims   []claim
	now      time.Time
	head     witness.Head
}

// claim is a root that the log states of itself.
type claim struct {
	seq, size int64
	root      string
}

// ErrUnchecked is wrapped where nothing can be said about the log: the portal was not reached, or has none.
var ErrUnchecked = errors.New("无法核对")

// Look follows the log from a state and holds the pages against it. It gives what it saw and the state to go on from: the old one
// where the log itself is wrong, so that the next look is from before the fault. The error is ErrUnchecked.
func Look(ctx context.Context, o Options, before *State) (Report, *State, error) {
	r, err := begin(ctx, o, before)
	if err == nil {
		err = r.all(ctx)
	}
	if err != nil {
		return Report{}, before, fmt.Errorf("%w：%w", ErrUnchecked, err)
	}
	r.report.sort()
	r.report.Requests = r.site.asked
	for _, f := range r.report.Findings {
		if slices.Contains([]Kind{Signature, Shrunken, Forked, Broken}, f.Kind) {
			return r.report, before, nil
		}
	}
	return r.report, r.state, nil
}

func begin(ctx context.Context, o Options, before *State) (*run, error) {
	calendar, err := workday.National()
	if err != nil {
		return nil, err
	}
	state, err := before.clone()
	if err != nil {
		return nil, err
	}
	if o.Rate <= 0 {
		o.Rate = 5
	}
	if o.Client == nil {
		o.Client = &http.Client{Timeout: 30 * time.Second}
	}
	r := &run{o: o, state: state, calendar: calendar, now: o.Now,
		site: &site{base: strings.TrimSuffix(o.Base, "/"), client: o.Client, pace: rate.NewLimiter(rate.Limit(o.Rate), 10)}}
	if state.Agency == "" {
		if state.Agency = o.Agency; state.Agency == "" {
			if state.Agency, err = r.agency(ctx); err != nil {
				return nil, err
			}
		}
	} else if o.Agency != "" && o.Agency != state.Agency {
		return nil, fmt.Errorf("状态文件属于另一个机关 %s", state.Agency)
	}
	r.report = Report{At: o.Now, Agency: state.Agency, Told: state.Told}
	return r, nil
}

// agency asks the portal whose it is.
func (r *run) agency(ctx context.Context) (string, error) {
	status, body, err := r.site.get(ctx, "/api/v1/agencies")
	if err != nil {
		return "", err
	}
	var list struct {
		Agencies []struct {
			ID string `json:"id"`
		} `json:"agencies"`
	}
	if status != http.StatusOK || json.Unmarshal(body, &list) != nil || len(list.Agencies) == 0 {
		return "", errors.New("门户没有列出机关，请用 --agency 指定")
	}
	return list.Agencies[0].ID, nil
}

func (r *run) all(ctx context.Context) error {
	before := r.state.Size
	sound, err := r.follow(ctx)
	if err != nil {
		return err
	}
	r.report.Size, r.report.New = r.state.Size, r.state.Size-before
	r.report.Key = r.state.Key
	if !sound {
		return nil
	}
	if err := r.witnesses(ctx); err != nil {
		return err
	}
	if err := r.stated(ctx); err != nil {
		return err
	}
	if err := r.pages(ctx); err != nil {
		return err
	}
	r.overdue()
	r.gaps()
	r.recall()
	r.report.Backfilled = r.state.Backfilled
	r.report.Decisions, r.report.Publications = len(r.state.Decisions), len(r.state.Texts)
	return nil
}

// pages holds lists and publications against the log. While we look, the agency works: what seems wrong is held against the log
// once more as it stands afterwards.
func (r *run) pages(ctx context.Context) error {
	lists, texts := keysOf(r.state.Lists), r.due()
	for round := range 3 {
		kept := slices.Clone(r.report.Findings)
		checked := r.report.Checked
		if err := r.hold(ctx, lists, texts); err != nil {
			return err
		}
		if len(r.report.Findings) == len(kept) || round == 2 {
			return nil
		}
		size, told := r.state.Size, len(r.report.Findings)
		sound, err := r.follow(ctx)
		if err != nil || !sound || r.state.Size == size {
			return err
		}
		r.report.Findings = append(kept, r.report.Findings[told:]...)
		r.report.Checked = checked
		r.report.New += r.state.Size - size
		r.report.Size = r.state.Size
	}
	return nil
}

func (r *run) hold(ctx context.Context, lists, texts []string) error {
	for _, kind := range lists {
		status, body, err := r.site.get(ctx, logPath(r.state.Agency, "list/"+kind))
		if err != nil {
			return err
		}
		want := r.state.Lists[kind]
		if status == http.StatusNotFound {
			body = nil // a list without rows is not there
		}
		if digest(string(body)) != want {
			r.find(Changed, kind, "清单 %s 与日志不符：日志 %s，现为 %s", kind, want, digest(string(body)))
		}
	}
	for _, id := range texts {
		p := r.state.Texts[id]
		if err := r.check(ctx, id, p); err != nil {
			return err
		}
		p.Checked, p.At = p.Seq+1, r.now.UTC().Format(time.RFC3339)
	}
	return r.elsewhere(ctx)
}

// due are the publications whose page is looked at: what changed, and of the rest those that were not looked at for longest.
func (r *run) due() []string {
	var fresh, rest []string
	for id, p := range r.state.Texts {
		if r.o.All || p.Checked != p.Seq+1 {
			fresh = append(fresh, id)
		} else {
			rest = append(rest, id)
		}
	}
	slices.Sort(fresh)
	slices.SortFunc(rest, func(a, b string) int {
		return strings.Compare(r.state.Texts[a].At+a, r.state.Texts[b].At+b)
	})
	return append(fresh, rest[:min(len(rest), pagesEach)]...)
}

func keysOf(m map[string]string) []string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// stated checks the roots that the log states of itself, by its tiles.
func (r *run) stated(ctx context.Context) error {
	claims := r.claims
	if n := len(claims); n > 20 {
		claims = claims[n-20:]
	}
	for _, c := range claims {
		root, err := r.rootAt(ctx, c.size)
		if errors.Is(err, errUnreachable) {
			return err
		}
		if err != nil || root.String() != c.root {
			r.find(Roots, r.state.Agency, "日志第 %d 项声明的存证根与日志不符", c.seq)
		}
	}
	return nil
}

// rootAt is the root of the log at an earlier size, read from the tiles and checked against the present one.
func (r *run) rootAt(ctx context.Context, size int64) (tlog.Hash, error) {
	now := tlog.Tree{N: r.head.Size, Hash: r.head.Root}
	return tlog.TreeHash(size, tlog.TileHashReader(now, tiles{ctx, r.site, r.state.Agency}))
}
