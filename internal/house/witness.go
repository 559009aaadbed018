package house

import (
	"context"
	"fmt"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/ledger/quorum"
)

// witnessEvery is how often new checkpoints are laid before the witnesses: at most a checkpoint each time, however many acts.
const witnessEvery = 10 * time.Second

// keeper is the agency's side of witnessing. Both logs are laid before the witnesses: of the inner record they see size and root.
func (h *House) keeper() *quorum.Keeper {
	return quorum.New(h.DB, h.Ledger, quorum.Options{Agency: h.Agency.Code, Logs: h.witnessedLogs(), Actor: h.caretaker().Ledger("job"), Folder: h.Folder,
		Roots: h.roots, Log: h.Log, Reached: func(tx *db.Tx, log string) error {
			if _, public := journal.Agency(log); !public {
				return nil
			}
			_, err := journal.Tick(tx, 0, 0) // kept pages say how far the log is witnessed
			return err
		}})
}

func (h *House) witnessedLogs() []string {
	return []string{journal.Log(h.Agency.Code), h.Agency.Code}
}

// Trust puts a policy of witnesses (C2SP tlog-policy) and a time-stamp authority into force. The empty policy asks nobody. A
// change is an event of the record.
func (h *House) Trust(ctx context.Context, policy, tsa string) error {
	err := h.DB.Write(ctx, h.Agency.Code, func(tx *db.Tx) error {
		return quorum.Configure(tx, h.Agency.Code, h.witnessedLogs(), h.caretaker().Ledger("job"), policy, tsa)
	})
	if err != nil {
		return fmt.Errorf("house: witnesses: %w", err)
	}
	return nil
}
