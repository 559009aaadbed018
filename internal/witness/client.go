package witness

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// answerLimit bounds what is read of an answer.
const answerLimit = 64 << 10

// Submit sends a request to the witness at an address (its submission prefix) and gives its answer. The error says that
// there was none; a refusal is an answer. The cosignatures of the answer are not checked here: Policy.Cosignatures does.
func Submit(ctx context.Context, client *http.Client, address string, r Request) (Answer, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(address, "/")+"/add-checkpoint", strings.NewReader(r.String()))
	if err != nil {
		return Answer{}, fmt.Errorf("witness: submit: %w", err)
	}
	req.Header.Set("Content-Type", "text/plain; charset=utf-8")
	status, kind, body, err := ask(client, req)
	if err != nil {
		return Answer{}, fmt.Errorf("witness: submit to %s: %w", address, err)
	}
	a := Answer{Status: status}
	switch status {
	case http.StatusOK:
		a.Lines, a.Checkpoint = body, r.Checkpoint+body
	case http.StatusConflict:
		size, ok := decimal(strings.TrimSuffix(body, "\n"))
		if kind != "text/x.tlog.size" || !ok {
			return Answer{}, fmt.Errorf("witness: submit to %s: status 409 without a size", address)
		}
		a.Size = size
	default:
		a.Why = strings.TrimSpace(body)
	}
	return a, nil
}

// Seen asks a witness for the newest checkpoint that it co-signed of a log; empty where there is none.
func Seen(ctx context.Context, client *http.Client, address, origin string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(address, "/")+"/"+OriginHash(origin)+"/checkpoint", nil)
	if err != nil {
		return "", fmt.Errorf("witness: seen: %w", err)
	}
	status, _, body, err := ask(client, req)
	switch {
	case err != nil:
		return "", fmt.Errorf("witness: seen by %s: %w", address, err)
	case status == http.StatusNotFound:
		return "", nil
	case status != http.StatusOK:
		return "", fmt.Errorf("witness: seen by %s: status %d", address, status)
	}
	return body, nil
}

func ask(client *http.Client, req *http.Request) (status int, kind, body string, err error) {
	res, err := client.Do(req)
	if err != nil {
		return 0, "", "", err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(res.Body, answerLimit))
	return res.StatusCode, res.Header.Get("Content-Type"), string(raw), err
}
