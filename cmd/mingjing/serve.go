package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/backup"
	"mingjing/internal/demo"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/flow"
	"mingjing/internal/house"
	"mingjing/internal/ledger"
	"mingjing/internal/web"
	"mingjing/internal/web/api"
	"mingjing/internal/web/desk"
	"mingjing/internal/web/page"
	"mingjing/internal/web/portal"
	"mingjing/internal/workday"
)

// serveVerb serves an agency that init has set up.
type serveVerb struct {
	store
	shipping
	Listen string `help:"The address to listen on." default:"127.0.0.1:8080" env:"MINGJING_LISTEN"`
	Origin string `help:"The portal's address from outside, such as https://www.example.gov.cn." env:"MINGJING_ORIGIN"`
	TLS    bool   `help:"People reach the server by https (a proxy in front): mark cookies Secure." env:"MINGJING_TLS"`
	Policy string `help:"The policy of outside witnesses (C2SP tlog-policy); without one, nobody outside is asked." type:"existingfile" env:"MINGJING_POLICY"`
	TSA    string `name:"tsa" help:"The address of a time-stamp authority (RFC 3161) that stamps a checkpoint each day." env:"MINGJING_TSA"`
	Only   string `help:"The agency to which the portal and the API are limited, where a store holds several; all that is published in the store when left out."`
	contact
	Roots string `name:"tsa-roots" help:"A PEM file with the certificates that stand behind that authority." type:"existingfile" env:"MINGJING_TSA_ROOTS"`
}

func (s *serveVerb) Run(w *world) error {
	if err := s.there(w.ctx); err != nil {
		return err
	}
	lacks, err := backup.Incomplete(s.folder())
	if err != nil {
		return err
	}
	policy, err := textOf(s.Policy)
	if err != nil {
		return err
	}
	options := s.options(w.log)
	options.ReadOnly = lacks != nil
	if options.Shipping, err = s.configured(); err != nil {
		return err
	}
	if options.Roots, err = textOf(s.Roots); err != nil {
		return err
	}
	h, err := house.Open(w.ctx, options)
	if err != nil {
		return err
	}
	defer h.Close()
	founded, err := h.Founded(w.ctx)
	if err != nil {
		return err
	}
	if !founded {
		return errors.New("这个数据库还没有设立机关，请先运行 mingjing init。")
	}
	return serve(w, h, served{listen: s.Listen, origin: s.Origin, tls: s.TLS, only: s.Only, contact: s.contact, clock: time.Now, lacks: lacks,
		begin: func() error { return h.Trust(w.ctx, string(policy), s.TSA) }})
}

// contact is what an agency says of itself on every page of its portal. What is not given is not shown; the demonstration has
// values of its own, which were invented.
type contact struct {
	Address  string `help:"The agency's address, as the portal shows it." env:"MINGJING_ADDRESS"`
	Phone    string `help:"The telephone number that the portal shows." env:"MINGJING_PHONE"`
	SiteCode string `help:"The 网站标识码 of the portal." env:"MINGJING_SITE_CODE"`
	ICP      string `name:"icp" help:"The ICP备案号 of the portal." env:"MINGJING_ICP"`
	Police   string `help:"The 公安备案号 of the portal." env:"MINGJING_POLICE"`
}

func (c contact) site(h *house.House) page.Site {
	or := func(given, code string) string {
		if given != "" {
			return given
		}
		return h.Text(code)
	}
	return page.Site{Name: h.Pack.Text("portal.name"), Agency: h.Agency.Name, IDCode: or(c.SiteCode, "portal.site_code"), ICP: or(c.ICP, "portal.icp"),
		Police: or(c.Police, "portal.police"), Address: c.Address, Phone: c.Phone, Demo: h.Demo}
}

// textOf reads a file that a flag names; no name is no text.
func textOf(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	return os.ReadFile(path)
}

// served is how a house is put before people.
type served struct {
	listen, origin string
	contact        contact
	only           string // the one agency that the public sees; empty shows all of the store, also what other bodies decided
	tls            bool
	clock          func() time.Time
	demo           *house.Clock
	ready          func(address string)
	lacks          *backup.State // of a restored store: what is missing, which every page says
	begin          func() error  // once the history has been found whole
}

// serve checks the history against the checkpoint kept apart, opens the faces and works until the context ends.
func serve(w *world, h *house.House, s served) error {
	if s.lacks != nil {
		w.log.Warn("serving read-only: the restored store lacks part of its history", "lacks", s.lacks.Message())
	} else if err := h.DB.Short(); err != nil {
		return err
	} else if err := h.Ledger.CheckHistory(w.ctx); err != nil {
		var broken *ledger.HistoryError
		if errors.As(err, &broken) {
			return errors.New(broken.Message())
		}
		return err
	}
	if s.begin != nil && s.lacks == nil {
		if err := s.begin(); err != nil {
			return err
		}
	}
	handler, err := faces(w, h, s)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", s.listen, err)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute, WriteTimeout: 10 * time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10, ConnContext: web.ConnContext}
	background, stop := context.WithCancel(w.ctx)
	defer stop()
	rest := make(chan struct{})
	go func() { defer close(rest); h.Run(background) }()
	go frugal()
	go func() {
		<-w.ctx.Done()
		last, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = server.Shutdown(last)
	}()
	if s.ready != nil {
		s.ready("http://" + listener.Addr().String())
	} else {
		w.log.Info("serving", "address", listener.Addr().String())
	}
	err = server.Serve(web.Gathering(listener))
	stop()
	<-rest
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// frugal lets the server keep a quarter of what it lives on for the collector instead of as much again, and gives back what only
// the start needed: an agency's machine has other work to do. GOGC, where it is set, says otherwise.
func frugal() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(25)
	}
	debug.FreeOSMemory()
}

// faces puts portal, desk and API on one server.
func faces(w *world, h *house.House, s served) (http.Handler, error) {
	server, err := web.New(web.Options{Clock: s.clock, Log: w.log, TLS: s.tls})
	if err != nil {
		return nil, err
	}
	charts := map[string]string{}
	for _, m := range flow.Machines() {
		charts[m.Code] = m.SVG(h.Cases.Books().Law.Values(workday.DayOf(s.clock())))
	}
	site := s.contact.site(h)
	if s.lacks != nil {
		site.Notice = "本系统从备份恢复，记录不完整，目前只能查看：" + s.lacks.Message() + "。"
	}
	if _, err := portal.Install(server, h.Public, portal.Options{Site: site, Agency: s.only, Clock: s.clock, Calendar: h.Calendar, Charts: charts,
		Origin: s.origin, TLS: s.tls, Reach: h.Reach, LogKey: func(agency string) string { return h.Ledger.Verifier(journal.Log(agency)) }}); err != nil {
		return nil, err
	}
	if err := api.Install(server, h.Public, api.Options{Title: site.Name + "数据接口", Agency: s.only, Log: w.log}); err != nil {
		return nil, err
	}
	options := desk.Options{Site: site, TLS: s.tls, Guests: guests(h)}
	if s.demo != nil {
		options.Move = s.demo.Forward
	}
	if err := desk.Install(server, h, options); err != nil {
		return nil, err
	}
	return server, nil
}

// guests are the accounts that the sign-in page of a demonstration offers.
func guests(h *house.House) []desk.Guest {
	if !h.Demo {
		return nil
	}
	var list []desk.Guest
	for _, p := range demo.Cast() {
		roles := make([]string, len(p.Roles))
		for i, role := range p.Roles {
			roles[i] = access.RoleTitle(role)
		}
		list = append(list, desk.Guest{Login: p.Login, Name: p.Name, Roles: strings.Join(roles, "、"), Password: demo.Password})
	}
	return list
}
