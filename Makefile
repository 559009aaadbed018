# The two that matter: `make run` serves the demo bureau, `make test` proves the house.
.PHONY: run test test-crash upgrade quick bench build generate clean

GO ?= go
BIN := bin/mingjing

build:
	@mkdir -p bin
	@[ -x $(BIN) ] || echo "正在编译（第一次要下载和编译依赖，约一两分钟）……"
	@$(GO) build -trimpath -o $(BIN) ./cmd/mingjing

# Builds and serves the demo bureau on SQLite; prints the address and one login per role.
run: build
	@$(BIN) demo

# Everything: installs what the tests need, both engines, browser, generated docs.
test:
	@bash scripts/test.sh

# Kills, power cuts, bad disks and flipped bits at full length; prints the figures. Minutes to an hour.
test-crash:
	@bash scripts/crash.sh

# The program of the last tag (or the commit before) verifies and serves what this one migrated; some minutes of building.
upgrade:
	@bash scripts/upgrade.sh

# Every fuzz target for 20 seconds each (FUZZ=1m for longer).
fuzz:
	@bash scripts/fuzz.sh

# The inner loop: SQLite only, no browser.
quick:
	@$(GO) test ./...

# Figures, each beside its reference in one run.
bench: build
	@bash scripts/bench.sh

# Rewrites the generated pages (docs/LAW.md, docs/FLOWS.md, goldens).
generate:
	@$(GO) test ./internal/law ./internal/flow ./internal/form -update

clean:
	@rm -rf bin data
