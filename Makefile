.PHONY: help setup demo test check audit bench lock assets messages
.DEFAULT_GOAL := help
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
ARGS ?=

help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 10

setup: ## everything that developing needs; seconds when nothing changed
	@requirements/setup.sh dev

demo: ## one whole consultation on sample data, then a server to click through (ARGS=--once: without the server)
	@requirements/setup.sh run
	@$(BIN)/ydan demo $(ARGS)

test: setup ## every test: PostgreSQL, browser and scripts included
	$(BIN)/node --test "tests/assets/*.test.js"
	$(BIN)/pytest -n 2 --dist loadfile -q $(ARGS)

check: setup ## format, lint, types, import arrows, templates, lock files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/deptry .
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	requirements/lock.sh --check
	npm run --silent check

audit: setup ## known vulnerabilities of what is locked
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements/run.txt
	npm audit --omit=dev

bench: setup ## every benchmark, beside a peer or a limit; figures in out/bench.jsonl
	@mkdir -p out && rm -f out/bench.jsonl
	@for name in analyse responses designer; do $(BIN)/python -m benchmarks.$$name | tee -a out/bench.jsonl; done

lock: setup ## resolve requirements/*.txt anew
	requirements/lock.sh

assets: setup ## build server/static from server/assets
	npm run --silent build
