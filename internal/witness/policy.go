package witness

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Policy says which logs are meant and which witnesses must have signed a checkpoint for it to count (C2SP tlog-policy).
type Policy struct {
	Logs      []Log
	Witnesses []Member
	Quorum    string // the name of a witness or a group; "none" asks for nobody
	Text      string
	groups    map[string]group
}

// Log is a log that a policy names by its verifier key, whose name is the log's origin.
type Log struct{ Origin, Key, URL string }

// Member is a witness of a policy.
type Member struct {
	Name, Key, URL string
	verifier       note.Verifier
}

type group struct {
	need    int
	members []string
}

const (
	policyLimit = 1 << 20
	nobody      = "none"
)

// ParsePolicy reads a policy file. The error names the line, in words for whoever wrote the file.
func ParsePolicy(text string) (*Policy, error) {
	if len(text) > policyLimit {
		return nil, fmt.Errorf("见证策略文件过大")
	}
	for i := range len(text) {
		if c := text[i]; c < 0x20 && c != '\t' && c != '\n' || c == 0x7f {
			return nil, fmt.Errorf("见证策略文件含有不允许的控制字符（第 %d 字节）", i+1)
		}
	}
	r := reader{p: &Policy{Text: text, groups: map[string]group{}}, names: map[string]bool{}, keys: map[string]bool{}, taken: map[string]bool{}}
	for i, line := range strings.Split(text, "\n") {
		words := strings.FieldsFunc(line, func(c rune) bool { return c == ' ' || c == '\t' })
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if err := r.line(words); err != nil {
			return nil, fmt.Errorf("见证策略第 %d 行：%w", i+1, err)
		}
	}
	if r.p.Quorum == "" {
		return nil, fmt.Errorf("见证策略缺少 quorum 行")
	}
	return r.p, nil
}

// reader reads a policy line by line.
type reader struct {
	p     *Policy
	names map[string]bool // witnesses and groups share their names
	keys  map[string]bool
	taken map[string]bool // names that are members of a group: each may be of one only
}

func (r *reader) line(words []string) error {
	switch {
	case words[0] == "log" && (len(words) == 2 || len(words) == 3):
		return r.log(words[1], slices.Concat(words[2:], []string{""})[0])
	case words[0] == "witness" && (len(words) == 3 || len(words) == 4):
		return r.witness(words[1], words[2], slices.Concat(words[3:], []string{""})[0])
	case words[0] == "group" && len(words) >= 4:
		return r.group(words[1], words[2], words[3:])
	case words[0] == "quorum" && len(words) == 2:
		if r.p.Quorum != "" {
			return fmt.Errorf("quorum 只能有一行")
		}
		if words[1] != nobody && !r.names[words[1]] {
			return fmt.Errorf("quorum 引用了前面没有定义的 %s", words[1])
		}
		r.p.Quorum = words[1]
		return nil
	}
	return fmt.Errorf("不能识别“%s”", strings.Join(words, " "))
}

func (r *reader) once(kind, material string) error {
	if r.keys[kind+material] {
		return fmt.Errorf("同一把公钥出现了两次")
	}
	r.keys[kind+material] = true
	return nil
}

func (r *reader) log(key, url string) error {
	kind, material, err := keyOf(key)
	if err != nil || kind != typeLog {
		return fmt.Errorf("不是日志的公钥：%s", key)
	}
	v, err := note.NewVerifier(key)
	if err != nil {
		return fmt.Errorf("不是日志的公钥：%s", key)
	}
	r.p.Logs = append(r.p.Logs, Log{Origin: v.Name(), Key: key, URL: strings.TrimSuffix(url, "/")})
	return r.once("log", material)
}

func (r *reader) name(name string) error {
	if name == nobody || r.names[name] {
		return fmt.Errorf("名称 %s 不能用或者重复", name)
	}
	r.names[name] = true
	return nil
}

func (r *reader) witness(name, key, url string) error {
	v, err := Verifier(key)
	if err != nil {
		return fmt.Errorf("不是见证方的公钥：%s", key)
	}
	_, material, _ := keyOf(key)
	if err := r.once("witness", material); err != nil {
		return err
	}
	r.p.Witnesses = append(r.p.Witnesses, Member{Name: name, Key: key, URL: strings.TrimSuffix(url, "/"), verifier: v})
	return r.name(name)
}

func (r *reader) group(name, need string, members []string) error {
	g := group{members: members}
	n, isNumber := decimal(need)
	switch {
	case need == "all":
		g.need = len(members)
	case need == "any":
		g.need = 1
	case isNumber && n >= 1 && n <= int64(len(members)):
		g.need = int(n)
	default:
		return fmt.Errorf("组 %s 的数目 %s 不在 1 至 %d 之间", name, need, len(members))
	}
	for _, m := range members {
		if !r.names[m] || r.taken[m] {
			return fmt.Errorf("组 %s 的成员 %s 没有定义，或者已经属于别的组", name, m)
		}
		r.taken[m] = true
	}
	r.p.groups[name] = g
	return r.name(name)
}

// Met tells whether witnesses, by their names in the policy, make the quorum.
func (p *Policy) Met(have map[string]bool) bool { return p.Quorum == nobody || p.met(p.Quorum, have) }

func (p *Policy) met(name string, have map[string]bool) bool {
	g, isGroup := p.groups[name]
	if !isGroup {
		return have[name]
	}
	n := 0
	for _, m := range g.members {
		if p.met(m, have) {
			n++
		}
	}
	return n >= g.need
}

// Need is how many witnesses make the quorum at the least.
func (p *Policy) Need() int {
	if p.Quorum == nobody {
		return 0
	}
	return p.least(p.Quorum)
}

// least adds up the cheapest members of a group; each name stands in one group, so none is counted twice.
func (p *Policy) least(name string) int {
	g, isGroup := p.groups[name]
	if !isGroup {
		return 1
	}
	var costs []int
	for _, m := range g.members {
		costs = append(costs, p.least(m))
	}
	slices.Sort(costs)
	n := 0
	for _, c := range costs[:g.need] {
		n += c
	}
	return n
}

// Cosignatures are the valid ones of the policy's witnesses on a checkpoint, in the policy's order; met tells whether they
// make the quorum. The log's own signature is checked elsewhere. A line that claims to be of a witness and does not verify
// counts for nothing.
func (p *Policy) Cosignatures(checkpoint string) (list []Cosignature, met bool) {
	have := map[string]bool{}
	for _, m := range p.Witnesses {
		if at, line, ok := cosigned(checkpoint, m.verifier); ok {
			list = append(list, Cosignature{Name: m.Name, Key: m.Key, At: at, Line: line})
			have[m.Name] = true
		}
	}
	return list, p.Met(have)
}

// ByKey finds a witness of the policy by its verifier key.
func (p *Policy) ByKey(key string) (Member, bool) {
	i := slices.IndexFunc(p.Witnesses, func(m Member) bool { return m.Key == key })
	if i < 0 {
		return Member{}, false
	}
	return p.Witnesses[i], true
}

// LogKey is the verifier key that the policy gives for an origin.
func (p *Policy) LogKey(origin string) (Log, bool) {
	i := slices.IndexFunc(p.Logs, func(l Log) bool { return l.Origin == origin })
	if i < 0 {
		return Log{}, false
	}
	return p.Logs[i], true
}
