package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"mingjing/internal/house"
	"mingjing/internal/ledger"
	"mingjing/internal/recheck"
)

// recheckVerb recomputes everything from the raw rows by code of its own and names what does not fit.
type recheckVerb struct {
	store
	JSON bool `help:"Print the report as JSON." name:"json"`
}

// errWrong makes the exit status say that something does not fit.
var errWrong = errors.New("复算发现问题")

func (v *recheckVerb) Run(w *world) error {
	d, err := v.look(w.ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	kept, err := house.KeptCheckpoints(v.folder())
	if err != nil {
		return err
	}
	options := recheck.Options{Known: func(log string) string { return kept[log] }}
	if key, err := ledger.LoadKey(v.folder()); err == nil {
		options.Verifier = key.Verifier
	} else {
		fmt.Fprintln(os.Stderr, "没有签名密钥，不核对检查点的签名：", err)
	}
	if !v.JSON {
		options.Progress = func(what string, done int64) { fmt.Fprintf(os.Stderr, "\r\033[K复算%s %d", what, done) }
	}
	begun := time.Now()
	report, err := recheck.Run(w.ctx, d, options)
	if !v.JSON {
		fmt.Fprintln(os.Stderr)
	}
	if err != nil {
		return err
	}
	if v.JSON {
		if err := json.NewEncoder(os.Stdout).Encode(report); err != nil {
			return err
		}
	} else {
		recounted(report, time.Since(begun))
	}
	if !report.Sound() {
		return errWrong
	}
	return nil
}

// recounted prints a report for people.
func recounted(report recheck.Report, took time.Duration) {
	for _, p := range report.Problems {
		fmt.Printf("%s %s：%s（%s）%s\n", p.Check, p.Where, p.What, p.Cite, p.Agency)
	}
	for _, c := range report.Counts {
		verdict := "一致"
		if c.Wrong > 0 {
			verdict = fmt.Sprintf("不符%d处", c.Wrong)
		}
		fmt.Printf("%-6s%s：核对%d项，%s\n", c.Code, c.Title, c.Checked, verdict)
	}
	fmt.Printf("复算台账%d条、记录%d行，用时%s：", report.Events, report.Rows, took.Round(10*time.Millisecond))
	if report.Sound() {
		fmt.Println("全部一致。")
		return
	}
	fmt.Printf("共%d处不符。\n", report.Total)
}
