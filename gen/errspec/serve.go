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
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/config"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/report"
	"github.com/errspec/errspec/gen/internal/sample"
	"github.com/errspec/errspec/gen/internal/serve"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/unseen"
)

// defaultAddr is where the reference is served: on this machine alone.
const defaultAddr = "127.0.0.1:8484"

func newServe() *cobra.Command {
	addr := defaultAddr
	cmd := &cobra.Command{
		Use:        "serve [CATALOG]",
		SuggestFor: []string{"preview", "watch", "dev", "start", "run", "docs", "open"},
		Short:      "Show the HTML reference in a browser, with live reload",
		Long: `Serve shows the HTML reference of a catalog on this machine. When a file of the catalog
changes, open pages reload. If the catalog has errors, the pages show them above the last good page,
and serve prints them. Ctrl-C stops it.`,
		Example: `  errspec serve
  errspec serve api/catalog.yaml --addr 127.0.0.1:9000`,
		Args: oneOf("catalog"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			name, err := textFindings().name(cmd, args)
			if err != nil {
				return err
			}
			file, _, err := configFor(args)
			if err != nil {
				return err
			}
			return servePages(ctx, cmd, serve.New(name, generated(cmd, file)...), name, addr)
		},
	}
	cmd.Flags().StringVar(&addr, "addr", addr, "serve on this `HOST:PORT`; port 0 is a free one. "+
		"Without this flag, serve uses a free port if the usual one is taken")
	return cmd
}

// generated returns the languages that errspec.yaml generates a client for. If something is wrong
// with its outputs, it is generate that says so.
func generated(cmd *cobra.Command, file *config.Config) []sample.Language {
	g := &generation{emitters: pipeline.Emitters(), server: true, client: true}
	g.paths = make([]outputPath, len(g.emitters))
	req, wrong, err := g.request(cmd, file)
	if err != nil || wrong.HasErrors() {
		return nil
	}
	return pipeline.Languages(req.outputs, req.options.Go)
}

func servePages(
	ctx context.Context, cmd *cobra.Command, p *serve.Preview, name, addr string,
) error {
	if name == source.Stdin {
		return usageError(cmd, "serve cannot follow standard input; name a file")
	}
	fixed := strings.HasPrefix(name, "mod:") // a module does not change
	if folder := filepath.Dir(name); !fixed {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			return fmt.Errorf("there is no folder %s for %s", folder, name)
		}
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return usageError(cmd, "--addr %s is not a HOST:PORT such as %s", addr, defaultAddr)
	}
	if fixed {
		r, err := p.Load(ctx)
		if err == nil && r.Unread != "" {
			err = errors.New(r.Unread)
		}
		if err != nil {
			return err
		}
		tell(cmd, name, r)
	}
	l, err := listen(ctx, addr, cmd.Flags().Changed("addr"))
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(cmd.OutOrStdout(), "http://%s/ shows %s; Ctrl-C stops it\n",
		l.Addr(), unseen.Line(name)); err != nil {
		return errors.Join(err, l.Close())
	}
	server := &http.Server{
		Handler:           p.Handler(host),
		ReadHeaderTimeout: 5 * time.Second,
		// so that pages which wait for news do not hold us
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	ended := make(chan error, 2)
	go func() { ended <- server.Serve(l) }()
	if !fixed {
		go func() { ended <- p.Follow(ctx, func(r serve.Result) { tell(cmd, name, r) }) }()
	}
	select {
	case err = <-ended:
	case <-ctx.Done():
		err = nil
	}
	quick, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	return errors.Join(err, server.Shutdown(quick))
}

// listen takes the address, or a free port if it is taken and the user did not ask for it.
func listen(ctx context.Context, addr string, asked bool) (net.Listener, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", addr)
	if err == nil || !errors.Is(err, syscall.EADDRINUSE) {
		return l, err
	}
	if asked {
		return nil, fmt.Errorf("%s is taken; give another --addr, or port 0 for a free one", addr)
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	return config.Listen(ctx, "tcp", net.JoinHostPort(host, "0"))
}

// tell prints the diagnostics, if the pages show anything new.
func tell(cmd *cobra.Command, name string, r serve.Result) {
	if !r.Changed {
		return
	}
	w := cmd.ErrOrStderr()
	switch {
	case r.Unread != "":
		_, _ = fmt.Fprintln(w, unseen.Line(r.Unread))
		return
	case r.Diagnostics.Len() > 0:
		_ = report.Text{Color: colored(w)}.Write(painted(w), &r.Diagnostics) // nobody may be listening
	}
	if r.Catalog != nil {
		_, _ = fmt.Fprintf(w, "%s: %s\n", unseen.Line(name), count(r.Catalog.Len(), "code"))
	}
}
