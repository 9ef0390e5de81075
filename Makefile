# The one way to run anything here. Thin on purpose: each target is a line or two of cargo.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test quick fmt format-check lint doc bench study mutants tools postgres chromium cargo

help: ## shows this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: cargo ## builds, and rehearses one trading day on the embedded default
	@cargo run --release --quiet -p catalyst-cli --bin catalyst -- rehearse

# The runner comes last, so that the last line on the screen is its summary. The program is built
# before it, because the tests in tests/ start it and no test runner builds another member's binary.
test: postgres chromium format-check lint doc ## everything that a change must pass
	@cargo test --workspace --all-features --doc --quiet
	@cargo build --workspace --all-features --bin catalyst
	@if cargo nextest --version >/dev/null 2>&1; then \
		cargo nextest run --workspace --all-features $${CI:+--profile ci}; \
	else \
		cargo test --workspace --all-features --lib --bins --tests; \
	fi

quick: format-check ## under a minute: format, clippy, the domain's tests
	@cargo clippy --workspace --all-targets --all-features --quiet -- -D warnings
	@cargo test -p catalyst-domain --all-features --quiet

fmt: cargo ## lays out all code
	@cargo fmt --all

format-check: cargo
	@cargo fmt --all --check

lint: cargo ## clippy over everything; licences and sources too, where cargo-deny is installed
	@cargo clippy --workspace --all-targets --all-features -- -D warnings
	@if cargo deny --version >/dev/null 2>&1; then \
		cargo deny --workspace --all-features check bans licenses sources; \
	fi

doc: cargo ## the documentation of every crate, warnings refused
	@RUSTDOCFLAGS="-D warnings" cargo doc --workspace --all-features --no-deps

bench: cargo ## measures: the gate; indicators beside TA-Lib; patterns; bars a second; what a run costs
	@cargo bench --quiet -p catalyst-domain --bench rulebook --bench indicators --bench patterns
	@cargo build --release --quiet --bin catalyst
	@cargo bench --quiet -p catalyst-tests --bench rehearsal --bench speed

BARS ?= ../shared/data/hk/bars

study: cargo ## what patterns on real days would have made; BARS=DIR holds 1m_momentum and 1m_quiet
	@cargo run --release --quiet -p catalyst-domain --example pattern_study -- $(BARS)

# Fewer cases of each law than in a test run and always the same ones, because this is built and run
# some eight hundred times; each build in a folder of its own. A mutant that never ends (3) is caught too.
mutants: cargo ## breaks the rules in one place at a time, under an hour: some test has to notice
	@env -u CARGO_TARGET_DIR PROPTEST_CASES=256 PROPTEST_RNG_SEED=1 \
		nice cargo mutants -p catalyst-domain --jobs 2 --output target || test $$? -eq 3

tools: cargo ## installs the cargo tools that this file uses when they are there
	@cargo install --locked cargo-nextest@0.9.143
	@cargo install --locked cargo-deny@0.20.2
	@cargo install --locked cargo-mutants@27.1.0

postgres: ## installs Debian's PostgreSQL where the tests would not find one to start
	@scripts/postgres.sh

chromium: ## installs Debian's Chromium where the tests would not find one to open pages in
	@scripts/chromium.sh

cargo:
	@command -v cargo >/dev/null 2>&1 || { \
		echo "cargo is not installed or not on PATH; Rust comes from https://rustup.rs" >&2; \
		echo "and rustup then fetches the version that rust-toolchain.toml names" >&2; \
		exit 1; }
