package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/demo"
	"mingjing/internal/house"
	"mingjing/packs"
)

// demoVerb builds the demo bureau when it is not there yet, and serves it.
type demoVerb struct {
	Folder string `help:"Where the demonstration lives." default:"data/demo" env:"MINGJING_DEMO_FOLDER"`
	DB     string `help:"Another store for it, such as postgres://…." env:"MINGJING_DEMO_DB"`
	Listen string `help:"The address to listen on." default:"127.0.0.1:8080" env:"MINGJING_LISTEN"`
	Fresh  bool   `help:"Throw the demonstration away and live its year anew (SQLite only)."`
	Only   bool   `help:"Build it and stop; do not serve."`
}

func (d *demoVerb) Run(w *world) error {
	begun := time.Now()
	if d.Fresh && d.DB == "" {
		if err := os.RemoveAll(d.Folder); err != nil {
			return err
		}
	}
	if err := d.clear(); err != nil {
		return err
	}
	clock, err := house.NewClock(d.Folder, time.Now)
	if err != nil {
		return err
	}
	store := d.DB
	if store == "" {
		store = "sqlite:" + filepath.Join(d.Folder, "mingjing.db")
	}
	h, err := house.Open(w.ctx, house.Options{Store: store, Folder: d.Folder, Packs: []string{"national", "jilin", "siping-civil-affairs"}, Files: packs.FS,
		Clock: clock.Now, Demo: true, Log: w.log})
	if err != nil {
		return err
	}
	defer h.Close()
	if err := d.build(w, h, clock); err != nil {
		return err
	}
	if d.Only {
		fmt.Printf("演示机关已就绪（%s），用时 %s。\n", store, time.Since(begun).Round(10*time.Millisecond))
		return nil
	}
	return serve(w, h, served{listen: d.Listen, clock: clock.Now, demo: clock, ready: func(address string) { welcome(address, time.Since(begun)) }})
}

// unfinished is the mark that stands in the folder while the year is being lived. What carries it is half a demonstration
// and nothing else, so it may be thrown away.
func (d *demoVerb) unfinished() string { return filepath.Join(d.Folder, "unfinished") }

// clear throws away a year that was cut off: half a year would look like a whole one.
func (d *demoVerb) clear() error {
	if _, err := os.Stat(d.unfinished()); err != nil {
		return nil
	}
	if d.DB != "" {
		return errors.New("演示数据上次没有建完：请换一个空的数据库和文件夹后再试")
	}
	return os.RemoveAll(d.Folder)
}

// build lives the year with its progress shown.
func (d *demoVerb) build(w *world, h *house.House, clock *house.Clock) error {
	built, err := demo.Built(w.ctx, h)
	if err != nil || built {
		return err
	}
	fmt.Fprintln(os.Stderr, "正在通过真实的办案命令生成演示机关的一年……")
	if err := os.WriteFile(d.unfinished(), nil, 0o600); err != nil {
		return err
	}
	err = demo.Live(w.ctx, h, clock, func(done, all int) { fmt.Fprintf(os.Stderr, "\r  已办理 %d 步，计划 %d 步", done, all) })
	fmt.Fprintln(os.Stderr)
	if err != nil {
		return err
	}
	return os.Remove(d.unfinished())
}

// welcome prints the address and one login per role.
func welcome(address string, took time.Duration) {
	fmt.Printf("\n明镜演示机关已就绪（%s）\n\n  公示平台  %s/\n  工作台    %s/desk/\n\n  密码均为 %s\n\n", took.Round(10*time.Millisecond), address, address, demo.Password)
	seen := map[string]bool{}
	for _, p := range demo.Cast() {
		if role := p.Roles[0]; !seen[role] {
			seen[role] = true
			fmt.Printf("  %-8s %s（%s）\n", p.Login, access.RoleTitle(role), p.Name)
		}
	}
	fmt.Println()
}
