# make demo    two summits, covered as you watch, at http://127.0.0.1:8000
# make test    everything, as CI runs it
# make messages the catalogues of the interface's words, brought up to date with the source
# make check   format, lint, types, import rules, unit tests: before each commit

PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
# Without compiled modules each of the many starts in the tests compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: messages help setup demo check test soak bench lock clean screenshots

help:
	@sed -n 's/^# //p' Makefile

setup: .setup/python .setup/frontend

.setup/venv: requirements/uv.txt
	@mkdir -p .setup
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/uv.txt
	@touch $@

.setup/python: .setup/venv requirements/dev.txt pyproject.toml
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.setup/npm: frontend/package-lock.json frontend/.npmrc
	@mkdir -p .setup
	cd frontend && npm ci --silent
	@touch $@

FRONTEND := $(shell find frontend -type f -not -path '*/node_modules/*' -not -path '*/tests/*')

.setup/frontend: .setup/npm $(FRONTEND)
	cd frontend && npm run --silent build
	@touch $@

demo: setup
	@$(BIN)/dateline demo

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry src
	cd frontend && npm run --silent check
	$(BIN)/pytest tests/unit tests/house -q -n $(WORKERS)

test: check
	scripts/system-packages
	$(BIN)/pytest tests --ignore tests/unit --ignore tests/house --ignore tests/soak -q -n $(WORKERS) --dist worksteal

soak: setup
	DATELINE_SCHEDULES=3000 $(BIN)/pytest tests/soak tests/integration -q -n $(WORKERS) --timeout 7200

bench: setup .setup/bench build/bench/client build/bench/floor
	scripts/bench-packages
	$(BIN)/python bench/growth.py
	$(BIN)/python bench/first_paint.py
	$(BIN)/python bench/desk.py
	$(BIN)/python bench/run.py fanout --readers 5000
	$(BIN)/python bench/run.py fanout --readers 10000
	$(BIN)/python bench/run.py memory --readers 5000
	$(BIN)/python bench/run.py latency --readers 10000 --messages 15
	$(BIN)/python bench/run.py wire
	$(BIN)/python bench/run.py pages
	$(BIN)/python bench/run.py busy --readers 10000
	$(BIN)/python bench/run.py restart --readers 15000

.setup/bench: requirements/bench.txt
	$(PYTHON) -m venv .setup/bench
	.setup/bench/bin/python -m pip install --quiet --require-hashes -r requirements/bench.txt
	@touch $@

build/bench/%: bench/%.c
	@mkdir -p build/bench
	$(CC) -O2 -Wall -o $@ $<

build/bench/%: bench/peers/%.c
	@mkdir -p build/bench
	$(CC) -O2 -Wall -o $@ $<

lock:
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header requirements/bench.in -o requirements/bench.txt

screenshots: setup
	$(BIN)/python scripts/screenshots.py

messages: setup
	@$(BIN)/python scripts/messages.py

clean:
	rm -rf .venv .setup build frontend/node_modules src/dateline/web/static
