package attachment

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/blob"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/refusal"
	"mingjing/internal/web"
	"mingjing/internal/web/desk/seat"
)

// Take reads the posted parts one after another, so that a recording is never held in memory; what is no file goes to typed.
func Take(v *seat.Visitor, typed url.Values, most int64) (document.Attachment, error) {
	parts, err := v.Request.MultipartReader()
	if err != nil {
		return document.Attachment{}, refusal.Field("file", "没有收到文件，请重新选择。")
	}
	var a document.Attachment
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if errors.As(err, new(textproto.ProtocolError)) {
			return a, refusal.Field("file", "文件名含有不能使用的字符，或者上传的内容不完整；请改名后重新选择。")
		}
		if err != nil {
			return a, unread(err, most)
		}
		if part.FileName() == "" {
			value, err := io.ReadAll(io.LimitReader(part, 4<<10))
			if err != nil {
				return a, unread(err, most)
			}
			typed.Set(part.FormName(), string(value))
			continue
		}
		if a, err = store(v.Seat.House.Blobs, part, most); err != nil {
			return a, unread(err, most)
		}
	}
	if a.Digest == "" {
		return a, refusal.Field("file", "请选择要上传的文件。")
	}
	return a, nil
}

// unread says beside the field that more was sent than the page takes, so that what was chosen beside the file stays.
func unread(err error, most int64) error {
	if seat.Status(err) == http.StatusRequestEntityTooLarge {
		return errors.Join(refusal.Field("file", fmt.Sprintf("上传的内容超过了%dMB，没有保存。请压缩、降低清晰度或者拆成几个文件后分次上传。", most>>20)), err)
	}
	var invalid refusal.Invalid
	if errors.As(err, &invalid) {
		return err
	}
	return fmt.Errorf("attachment: read an upload: %w", err)
}

// store keeps one part under its digest. What it is its first bytes say, and they must agree with its name.
func store(blobs *blob.Store, part *multipart.Part, most int64) (document.Attachment, error) {
	head := make([]byte, blob.SniffBytes)
	n, err := io.ReadFull(part, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return document.Attachment{}, fmt.Errorf("attachment: read an upload: %w", err)
	}
	head = head[:n]
	mime, err := blob.Sniff(part.FileName(), head)
	if err != nil {
		return document.Attachment{}, unfit(err)
	}
	digest, size, err := blobs.Put(io.MultiReader(bytes.NewReader(head), part), most)
	if err != nil {
		return document.Attachment{}, unfit(err)
	}
	if mime == blob.DOCX || mime == blob.XLSX {
		f, n, err := blobs.OpenVerified(digest)
		if err != nil {
			return document.Attachment{}, err
		}
		if err := errors.Join(blob.CheckOffice(f, n, mime), f.Close()); err != nil {
			return document.Attachment{}, unfit(err)
		}
	}
	return document.Attachment{Name: part.FileName(), MIME: mime, Size: size, Digest: string(digest)}, nil
}

// unfit says beside the field what is wrong with a file.
func unfit(err error) error {
	var why blob.Unfit
	if errors.As(err, &why) {
		return refusal.Field("file", string(why)+"。")
	}
	return err
}

// Serve gives a file to who may open it: nobody can tell what a picture shows, and it cannot be masked, so that the look is
// recorded first. Pictures, PDF and recordings are shown, everything else is saved; a copy that no longer has its digest is
// not given out.
func Serve(v *seat.Visitor, a document.Attachment, purpose string) error {
	f, _, err := v.Seat.House.Blobs.OpenVerified(blob.Digest(a.Digest))
	if errors.Is(err, blob.ErrMissing) || errors.Is(err, blob.ErrCorrupt) {
		return refusal.Invalid{Message: "附件“" + a.Name + "”与上传时的校验值不一致，不能打开。请核对原件并报告管理员。"}
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if err := looked(v, a, purpose); err != nil {
		return err
	}
	h := v.Writer().Header()
	h.Set("Content-Type", a.MIME)
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; media-src 'self'; style-src 'unsafe-inline'")
	switch a.MIME {
	case blob.PDF, blob.JPEG, blob.PNG, blob.MP4, blob.MP3, blob.WAV:
		h.Set("Content-Disposition", strings.Replace(web.Attachment(a.Name), "attachment", "inline", 1))
	default:
		h.Set("Content-Disposition", web.Attachment(a.Name))
	}
	http.ServeContent(v.Writer(), v.Request, a.Name, a.AddedAt, f)
	return nil
}

// piecesWithin is how long after a look the further pieces of a recording belong to it.
const piecesWithin = time.Hour

// looked records the look at a file. A recording is fetched in many pieces and is looked at once: a later piece is
// recorded only where no look went before it.
func looked(v *seat.Visitor, a document.Attachment, purpose string) error {
	thing := access.Thing{Kind: "attachment", ID: a.ID, Agency: a.Agency}
	if piece := v.Request.Header.Get("Range"); piece == "" || strings.HasPrefix(piece, "bytes=0-") {
		return v.Looked(thing, purpose)
	}
	var before []access.Look
	err := v.Read(func(tx *db.Tx) (err error) {
		before, err = access.Looks(tx, thing.Agency, access.LookFilter{Account: v.Account, ThingKind: thing.Kind, Thing: thing.ID}, "", 1)
		return err
	})
	if err != nil || len(before) > 0 && v.Now().Sub(before[0].At) < piecesWithin {
		return err
	}
	return v.Looked(thing, purpose)
}
