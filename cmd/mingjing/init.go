package main

import (
	"fmt"
)

// initVerb sets up a real, empty agency.
type initVerb struct {
	store
	CreditCode string `help:"统一社会信用代码 of the agency." required:""`
	Login      string `help:"Login of the first administrator." default:"admin"`
	Name       string `help:"Name of the first administrator." required:""`
}

func (i *initVerb) Run(w *world) error {
	h, err := i.open(w.ctx, w.log)
	if err != nil {
		return err
	}
	defer h.Close()
	h.Agency.CreditCode = i.CreditCode
	if err := h.Found(w.ctx); err != nil {
		return err
	}
	code, err := h.FirstAdministrator(w.ctx, i.Login, i.Name)
	if err != nil {
		return err
	}
	if err := h.PublishLists(w.ctx, h.Founder()); err != nil {
		return err
	}
	fmt.Printf("%s已设立。\n管理员登录名：%s\n一次性设置码：%s（72小时内有效，在登录页选择“首次设置密码”使用）\n", h.Agency.Name, i.Login, code)
	fmt.Println("签名密钥在数据目录的 keys/ledger.key，请另行妥善备份；丢失后无法证明旧记录。")
	fmt.Println("动态验证码的密钥在 keys/factor.key，同样另行备份；丢失后所有动态验证码须重新设置。")
	return nil
}
