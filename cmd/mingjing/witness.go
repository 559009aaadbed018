package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"mingjing/internal/witness"
)

// witnessVerb is what a body outside the agency runs (司法局, 公证处, 高校): it co-signs checkpoints that extend what it signed
// before, over the network or by files on removable media.
type witnessVerb struct {
	Serve witnessServe `cmd:"" default:"withargs" help:"Serve POST /add-checkpoint and GET /ORIGINHASH/checkpoint (C2SP tlog-witness)."`
	Init  witnessInit  `cmd:"" help:"Make the folder and the key of a witness and print its public key."`
	Sign  witnessSign  `cmd:"" help:"Answer a request from removable media: writes FILE.answer."`

	Request witnessRequest `cmd:"" help:"For the agency: write requests to witnesses that no network reaches."`
	Answer  witnessAnswer  `cmd:"" help:"For the agency: take the answers back in."`
}

// witnessFolder is where a witness keeps its key, the list of logs, and what it signed last.
type witnessFolder struct {
	Dir string `help:"The folder of the witness." default:"data/witness" env:"MINGJING_WITNESS"`
}

func (f witnessFolder) open() (*witness.Witness, error) { return witness.Open(f.Dir, time.Now) }

// witnessInit makes a witness.
type witnessInit struct {
	witnessFolder
	Name string `help:"The name in the key, an address without scheme such as witness.sfj.example.gov.cn/w1." required:""`
}

func (i *witnessInit) Run(*world) error {
	key, err := witness.Init(i.Dir, i.Name, time.Now)
	if err != nil {
		return err
	}
	fmt.Printf("见证方已设立，公钥（请当面或者通过可信渠道交给各机关和公众）：\n%s\n请把所见证日志的公钥写入 %s/logs，每行一个“log 公钥”。\n", key.Verifier(), i.Dir)
	return nil
}

// witnessServe answers over the network.
type witnessServe struct {
	witnessFolder
	Listen     string  `help:"The address to listen on." default:"127.0.0.1:8090" env:"MINGJING_WITNESS_LISTEN"`
	PerLog     float64 `help:"Signed requests each second for one log; 0 sets no limit." default:"2" env:"MINGJING_WITNESS_PER_LOG"`
	PerAddress float64 `help:"Requests each second from one address; 0 sets no limit." default:"10" env:"MINGJING_WITNESS_PER_ADDRESS"`
	Proxy      bool    `help:"Take the address from X-Forwarded-For: the witness stands behind one proxy and is reached through it only." env:"MINGJING_WITNESS_PROXY"`
}

func (s *witnessServe) Run(w *world) error {
	own, err := s.open()
	if err != nil {
		return err
	}
	own.Limit(witness.Limits{PerLog: s.PerLog, PerAddress: s.PerAddress, Proxy: s.Proxy})
	listener, err := net.Listen("tcp", s.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", s.Listen, err)
	}
	server := &http.Server{Handler: own.Handler(w.log), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 30 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10}
	go func() {
		<-w.ctx.Done()
		last, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = server.Shutdown(last)
	}()
	wake := make(chan os.Signal, 1)
	signal.Notify(wake, syscall.SIGHUP)
	defer signal.Stop(wake)
	go own.Follow(w.ctx, 10*time.Second, wake, w.log)
	fmt.Printf("见证服务 http://%s，登记的日志 %d 个\n公钥：%s\n", listener.Addr(), own.Logs(), own.Verifier())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// witnessSign answers a file.
type witnessSign struct {
	witnessFolder
	File string `arg:"" help:"The request, as mingjing witness request wrote it." type:"existingfile"`
}

// errUnsigned makes the exit status say that the witness did not sign.
var errUnsigned = errors.New("未签名，原因已写入回执文件")

func (s *witnessSign) Run(*world) error {
	own, err := s.open()
	if err != nil {
		return err
	}
	text, err := os.ReadFile(s.File)
	if err != nil {
		return err
	}
	answer, err := own.Add(string(text))
	if err != nil {
		return err
	}
	out := s.File + ".answer"
	if err := os.WriteFile(out, []byte(answer.File()), 0o600); err != nil {
		return err
	}
	if answer.Status != http.StatusOK {
		fmt.Printf("拒绝（%d）：%s\n回执：%s\n", answer.Status, answer.Why, out)
		return errUnsigned
	}
	fmt.Printf("已签名。\n回执：%s\n", out)
	return nil
}

// witnessRequest and witnessAnswer are the agency's end of the removable media.
type witnessRequest struct {
	store
	Out     string `arg:"" help:"The folder to write a file into for each log and witness."`
	Witness string `help:"Only for the witness of this name in the policy."`
	From    int64  `help:"The size that the witness said it knows; what it signed last when left out." default:"-1"`
}

func (r *witnessRequest) Run(w *world) error {
	h, err := r.open(w.ctx, w.log)
	if err != nil {
		return err
	}
	defer h.Close()
	files, err := h.Quorum.Requests(w.ctx, r.Witness, r.From)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(r.Out, 0o700); err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(r.Out, f.Name)
		if err := os.WriteFile(path, []byte(f.Text), 0o600); err != nil {
			return err
		}
		fmt.Println(path)
	}
	if len(files) == 0 {
		fmt.Println("没有需要见证的新检查点。")
	}
	return nil
}

type witnessAnswer struct {
	store
	In []string `arg:"" help:"The answers of witnesses." type:"existingfile"`
}

func (a *witnessAnswer) Run(w *world) error {
	h, err := a.open(w.ctx, w.log)
	if err != nil {
		return err
	}
	defer h.Close()
	for _, path := range a.In {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		said, err := h.Quorum.Take(w.ctx, string(text))
		if err != nil {
			return fmt.Errorf("%s：%w", path, err)
		}
		fmt.Printf("%s：%s\n", path, said)
	}
	return nil
}
