package main

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"mingjing/internal/catalog/setting"
	"mingjing/internal/house"
	"mingjing/internal/refusal"
	"mingjing/internal/zh"
)

// initVerb sets up a real, empty agency.
type initVerb struct {
	store
	CreditCode string `help:"统一社会信用代码 of the agency." required:""`
	Login      string `help:"Login of the first administrator." default:"admin"`
	Name       string `help:"Name of the first administrator." required:""`

	// What people reach the agency by. What is not given is asked for where somebody sits at a terminal, and left blank elsewhere.
	Address     string `help:"The agency's address, as its papers and its portal state it."`
	Phone       string `help:"Its telephone number."`
	Contact     string `help:"Who takes statements, defences and requests for a hearing."`
	ReviewOrgan string `help:"Where 行政复议 is asked for; the government of the agency's level unless given."`
	Court       string `help:"The court for 行政诉讼; that of the pack unless given."`
}

// Run sets the agency up or leaves everything as it was: half a store would look like an agency's.
func (i *initVerb) Run(w *world) error {
	if _, err := zh.ParseCreditCode(zh.NormaliseCreditCode(i.CreditCode)); err != nil {
		return refusal.Field("--credit-code", err.Error())
	}
	undo, err := i.remember()
	if err != nil {
		return err
	}
	if err := i.found(w); err != nil {
		return errors.Join(err, undo())
	}
	return nil
}

// remember notes what lies where the store is to be. The function it returns takes away what has come since, where there was no
// store before; one that was there is not touched.
func (i *initVerb) remember() (undo func() error, err error) {
	nothing := func() error { return nil }
	path, ok := strings.CutPrefix(i.DB, "sqlite:")
	if !ok {
		return nothing, nil
	}
	if _, err := os.Stat(path); err == nil {
		return nothing, nil
	}
	before := map[string]bool{}
	var folders []string // that are not there yet, the innermost first
	for _, folder := range []string{filepath.Dir(path), i.folder()} {
		for ; folder != filepath.Dir(folder); folder = filepath.Dir(folder) {
			if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
				break
			}
			folders = append(folders, folder)
		}
	}
	ours := func() ([]string, error) {
		return globbed(path+"*", filepath.Join(i.folder(), "keys"), filepath.Join(i.folder(), "evidence"), filepath.Join(i.folder(), "import"))
	}
	there, err := ours()
	for _, name := range there {
		before[name] = true
	}
	return func() error {
		now, err := ours()
		for _, name := range now {
			if !before[name] {
				err = errors.Join(err, os.RemoveAll(name))
			}
		}
		for _, folder := range folders {
			_ = os.Remove(folder) // only an empty one goes
		}
		return err
	}, err
}

func globbed(patterns ...string) ([]string, error) {
	var all []string
	for _, pattern := range patterns {
		list, err := filepath.Glob(pattern)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

func (i *initVerb) found(w *world) error {
	h, err := house.Open(w.ctx, i.options(w.log))
	if err != nil {
		return err
	}
	defer h.Close()
	h.Agency.CreditCode = i.CreditCode
	if err := h.Found(w.ctx); err != nil {
		return err
	}
	code, err := h.FirstAdministrator(w.ctx, i.Login, i.Name) // refuses a store that is somebody's, before anything is told
	if err != nil {
		return err
	}
	if err := i.tell(w, h); err != nil {
		return err
	}
	if err := h.PublishLists(w.ctx, h.Founder()); err != nil {
		return err
	}
	fmt.Printf("%s已设立。\n管理员登录名：%s\n一次性设置码：%s（72小时内有效，在登录页选择“首次设置密码”使用）\n", h.Agency.Name, i.Login, code)
	if gaps := h.Untold(); len(gaps) > 0 {
		fmt.Printf("还没有填写：%s。文书上相应的地方留空、门户不显示，请登录后在“机构与人员”的“机关”页填写。\n", strings.Join(gaps, "、"))
	}
	fmt.Println("签名密钥在数据目录的 keys/ledger.key，请另行妥善备份；丢失后无法证明旧记录。")
	fmt.Println("动态验证码的密钥在 keys/factor.key，同样另行备份；丢失后所有动态验证码须重新设置。")
	return nil
}

// tell enters how people reach the agency.
func (i *initVerb) tell(w *world, h *house.House) error {
	texts := map[string]string{"agency.address": i.Address, "agency.phone": i.Phone, "agency.contact": i.Contact, "agency.review_organ": i.ReviewOrgan, "agency.court": i.Court}
	if terminal() {
		lines := bufio.NewScanner(os.Stdin)
		for _, c := range setting.Contacts() {
			if !c.Needed || texts[c.Code] != "" {
				continue
			}
			fmt.Printf("%s（%s；回车跳过）：", c.Title, c.Hint)
			if lines.Scan() {
				texts[c.Code] = strings.TrimSpace(lines.Text())
			}
		}
	}
	return h.Tell(w.ctx, h.Founder(), texts)
}

// terminal tells that somebody sits before the program.
func terminal() bool {
	info, err := os.Stdin.Stat()
	nothing, missing := os.Stat(os.DevNull)
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && (missing != nil || !os.SameFile(info, nothing))
}
