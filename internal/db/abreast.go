package db

import (
	"context"
	"runtime"
)

// Abreast reads pieces of a store on as many connections as there are processors and folds them in order, in the goroutine of
// the caller, until fold wants no more. tx is one of the readers; the others have snapshots of their own, none older than that
// of tx, so that it is for what is only appended to. Where no other connection is free tx reads alone.
func Abreast[T any](ctx context.Context, tx *Tx, pieces int64, read func(tx *Tx, n int64) (T, error), fold func(T) (more bool)) error {
	ctx, cancel := context.WithCancel(ctx)
	lanes := []*lane[T]{{out: make(chan T, 2)}}
	begin := make(chan struct{})
	for range runtime.GOMAXPROCS(0) - 1 {
		l, ready := &lane[T]{out: make(chan T, 2)}, make(chan bool, 1)
		go func() {
			defer close(l.out)
			_, l.failed = tx.db.ReadBeside(ctx, func(own *Tx) error {
				ready <- true
				<-begin
				return l.read(ctx, own, pieces, read)
			})
			select {
			case ready <- false: // nothing was run
			default:
			}
		}()
		if <-ready {
			lanes = append(lanes, l)
		}
	}
	defer func() {
		cancel()
		for _, l := range lanes {
			for range l.out { // it ends by itself
			}
		}
	}()
	for i, l := range lanes {
		l.from, l.step = int64(i), int64(len(lanes))
	}
	close(begin)
	go func() {
		defer close(lanes[0].out)
		lanes[0].failed = lanes[0].read(ctx, tx, pieces, read)
	}()
	for n := range pieces {
		l := lanes[n%int64(len(lanes))]
		piece, there := <-l.out
		if !there {
			return l.failed
		}
		if !fold(piece) {
			return nil
		}
	}
	return nil
}

// lane is one reader of several: every so-manieth piece.
type lane[T any] struct {
	from, step int64
	out        chan T
	failed     error // why it ended; good once out is closed
}

func (l *lane[T]) read(ctx context.Context, tx *Tx, pieces int64, read func(*Tx, int64) (T, error)) error {
	for n := l.from; n < pieces; n += l.step {
		piece, err := read(tx, n)
		if err != nil {
			return err
		}
		select {
		case l.out <- piece:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
