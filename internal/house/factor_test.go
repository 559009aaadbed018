package house_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/access/factor"
	"mingjing/internal/db"
	"mingjing/internal/house"
	"mingjing/packs"
)

func TestAHouseWithSealedFactorsDoesNotGetANewKey(t *testing.T) {
	folder := t.TempDir()
	begin := func() (*house.House, error) {
		return house.Open(context.Background(), house.Options{Store: "sqlite:" + filepath.Join(folder, "house.db"), Folder: folder,
			Packs: []string{"national", "jilin", "siping-civil-affairs"}, Files: packs.FS})
	}
	h, err := begin()
	if err != nil {
		t.Fatal(err)
	}
	agency := h.Agency.Code
	const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
	var account access.Account
	if err := h.DB.Write(context.Background(), agency, func(tx *db.Tx) (err error) {
		if account, err = access.Create(tx, access.Founding(agency), access.NewAccount{Agency: agency, Login: "head", Name: "某甲", Roles: []string{access.RoleApprover}}); err != nil {
			return err
		}
		_, err = tx.Exec(`UPDATE account SET totp = $1 WHERE id = $2`, secret, account.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	// The next start seals what an older program left in clear.
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if h, err = begin(); err != nil {
		t.Fatal(err)
	}
	var stored string
	if err := h.DB.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Row(`SELECT totp FROM account WHERE id = $1`, account.ID).Scan(&stored)
	}); err != nil || stored == secret || !factor.Sealed(stored) {
		t.Fatalf("after a start the database holds %q, %v", stored, err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(factor.KeyPath(folder), factor.KeyPath(folder)+".away"); err != nil {
		t.Fatal(err)
	}
	if h, err := begin(); err == nil || !strings.Contains(err.Error(), "factor.key") {
		t.Errorf("a house without its key opened: %v, %v", h, err)
	}
	if _, err := os.Stat(factor.KeyPath(folder)); err == nil {
		t.Error("a new key was made in the place of the one that is away")
	}
	if err := os.Rename(factor.KeyPath(folder)+".away", factor.KeyPath(folder)); err != nil {
		t.Fatal(err)
	}
	if h, err = begin(); err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
}
