package desk_test

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/ledger"
	"mingjing/internal/roster"
)

// beside is a record that is no case, with who keeps its scans and who sees the record and may not open them.
type beside struct {
	kind, at, subjectKind string
	keeper, shut          access.Actor
}

// records are one of each kind: the handler's certificate, a publication, a review and a use of a seal of one case.
func (b *bureau) records(t *testing.T) (caseID string, list []beside) {
	t.Helper()
	c, review := b.underReview()
	var officer roster.Entry
	var use document.SealUse
	b.Must(b.Write(func(tx *db.Tx) (err error) {
		if officer, err = roster.OfficerOf(tx, b.Handler.Account, b.Today()); err != nil {
			return err
		}
		use, err = document.UseSeal(tx, b.Publisher, b.numbered(c).Number, document.SealUse{Seal: "公章", UsedOn: b.Today(), Copies: 2, ApprovedBy: b.Approver.Account})
		return err
	}))
	return c.ID, []beside{{document.OwnerCertificate, "/desk/officers/" + officer.ID, "officer", b.Administrator, b.Third}, {document.OwnerPublication, "/desk/publications/" + b.decided(), "case", b.Publisher, b.Reviewer},
		{document.OwnerReview, "/desk/reviews/" + review, "case", b.Reviewer, b.Publisher}, {document.OwnerSeal, "/desk/seals/uses/" + use.ID, "case", b.Archivist, b.Third}}
}

func TestAScanStandsBesideEveryRecordThatPeopleHoldPaperOf(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		_, records := b.records(t)
		picture := []byte("\x89PNG\r\n\x1a\n" + "signed")
		for _, x := range records {
			keeper, shut := b.seat(t, x.keeper), b.seat(t, x.shut)
			keeper.get(x.at).ok().says("扫描件和照片", "添加扫描件、照片")
			form := keeper.get(x.at + "/files").ok().plain().says("还没有扫描件和照片")
			sound(t, form)
			uploadTo(keeper, x.at+"/files", "签字页.png", []byte("no picture at all")).refused().says("不符")
			uploadTo(keeper, x.at+"/files", "经过.wav", []byte("RIFF\x24\x00\x00\x00WAVEfmt ")).refused().says("录音录像请添加到案件")
			uploadTo(keeper, x.at+"/files", "签\x01字.png", picture).refused().says("文件名含有不能使用的字符")
			uploadTo(keeper, x.at+"/files", "签字页.png", picture).ok().says("已上传并存证", "签字页.png", "SHA-256")
			sound(t, keeper.get(x.at).ok().says("签字页.png", "SHA-256"))
			view, err := b.house.Attached.Of(context.Background(), x.keeper, x.kind, lastOf(x.at))
			b.Must(err)
			if len(view.Files) != 1 || len(view.Files[0].Digest) != 64 {
				t.Fatalf("%s holds %+v", x.kind, view.Files)
			}
			b.onRecord(t, x, view.Files[0])
			address := x.at + "/files/" + view.Files[0].ID
			before := len(b.looks(x.keeper))
			if got := keeper.get(address).ok(); !bytes.Equal([]byte(got.body), picture) || got.head.Get("Content-Type") != "image/png" || !strings.Contains(got.head.Get("Content-Security-Policy"), "sandbox") {
				t.Errorf("%s came as %q %q", address, got.head.Get("Content-Type"), got.body)
			}
			if looks := b.looks(x.keeper); len(looks) != before+1 || looks[0].Thing != view.Files[0].ID {
				t.Errorf("the look at a file of a %s is not on record: %d, then %+v", x.kind, before, looks)
			}
			if page := shut.get(x.at).ok(); strings.Contains(page.body, "签字页.png") {
				t.Errorf("%s shows its files to who may not open them", x.at)
			}
			shut.get(x.at + "/files").refused().says("没有授权")
			shut.get(address).refused().says("没有授权")
			uploadTo(shut, x.at+"/files", "别人.png", picture).refused().says("没有授权")
		}
	})
}

// onRecord looks at what the ledger says of a file: its digest in the leaf, its name in the payload and nowhere else.
func (b *bureau) onRecord(t *testing.T, x beside, a document.Attachment) {
	t.Helper()
	var found []ledger.Record
	b.Read(func(tx *db.Tx) error {
		var subject string
		err := tx.Row(`SELECT subject FROM event WHERE agency = $1 AND kind <> 'ledger.bound' ORDER BY seq DESC LIMIT 1`, b.Agency.Code).Scan(&subject)
		if err == nil {
			found, err = ledger.Stream(tx, x.subjectKind, subject)
		}
		return err
	})
	i := slices.IndexFunc(found, func(e ledger.Record) bool { return e.Ref["attachment"] == a.ID })
	if i < 0 {
		t.Fatalf("the ledger does not know the file of a %s: %+v", x.kind, found)
	}
	e := found[i]
	if e.Ref["sha256"] != a.Digest || !strings.Contains(string(e.Payload), a.Name) {
		t.Errorf("the event of a file is %v %s", e.Ref, e.Payload)
	}
	for _, value := range e.Ref {
		if strings.Contains(value, "签字") {
			t.Errorf("the leaf of a file tells its name: %v", e.Ref)
		}
	}
}

// What belongs to a dossier lies in it and is bound with it; a publication goes on when its case is archived.
func TestScansOfAReviewAndOfASealLieInTheDossierAndAreBoundWithIt(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		id, records := b.records(t)
		picture := []byte("\x89PNG\r\n\x1a\nabc")
		for _, x := range records {
			uploadTo(b.seat(t, x.keeper), x.at+"/files", x.kind+"扫描件.png", picture).ok()
		}
		files := b.seat(t, b.Handler).get("/desk/cases/"+id+"/files").ok().says("属于法制审核", "属于用印登记")
		if strings.Contains(files.body, "publication扫描件") || strings.Contains(files.body, "certificate扫描件") {
			t.Error("the dossier holds what does not belong to it")
		}
		b.Must(b.Write(func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE case_file SET state = 'archived' WHERE agency = $1`, b.Agency.Code)
			return err
		}))
		for _, x := range records {
			keeper := b.seat(t, x.keeper)
			again := uploadTo(keeper, x.at+"/files", "归档后.png", picture)
			if x.kind == document.OwnerReview || x.kind == document.OwnerSeal {
				again.refused().says("已经归档", "重新启动办理")
				if page := keeper.get(x.at + "/files").ok().says("不能再添加"); strings.Contains(page.body, `type="file"`) {
					t.Errorf("%s still offers an upload", x.at)
				}
				continue
			}
			again.ok()
		}
	})
}

func TestAScanBeyondTheBoundIsAnsweredOnItsFormWithWhatWasChosen(t *testing.T) {
	b := open(t, "sqlite:"+filepath.Join(t.TempDir(), "store.db"))
	_, records := b.records(t)
	x := records[1]
	long := append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 67<<20)...)
	page := uploadTo(b.seat(t, x.keeper), x.at+"/files", "现场.png", long).refused()
	sound(t, page.says("文件超过 64 MiB 的上限，请压缩或分段后再上传"))
	if !strings.Contains(page.body, `<option value="照片" selected>`) {
		t.Errorf("the kind that was chosen is lost")
	}
	view, err := b.house.Attached.Of(context.Background(), x.keeper, x.kind, lastOf(x.at))
	b.Must(err)
	if len(view.Files) != 0 {
		t.Errorf("it is kept all the same: %+v", view.Files)
	}
}
