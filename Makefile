# Dampingi. `make run` opens the app, `make test` proves it; every target sets up what it needs.
PY := .venv/bin/python
export QT_LOGGING_RULES ?= qt.qpa.*=false
# A test run starts many processes: let each find the modules that the first one compiled.
export PYTHONDONTWRITEBYTECODE :=
OFFSCREEN := QT_QPA_PLATFORM=offscreen
SEEDS ?= 1000
# Tests wait for the disk and for windows: three at a time keep two cores busy.
JOBS ?= 3

.PHONY: help setup run test suite cover tour server bench bench-sync sim screens papers demo check format
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.ready ## environment, libraries and system packages

.venv/.ready: requirements.lock packaging/system-packages.txt packaging/system-packages.sh
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dampingi needs Python 3.11 or newer")'
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	sh packaging/system-packages.sh
	@touch $@

run: setup ## open the app; without a screen: say so and run the tour
	@$(PY) main.py; code=$$?; if [ $$code -eq 3 ]; then $(MAKE) --no-print-directory tour; else exit $$code; fi

test: setup ## format, lint, types, dead code beside the whole test suite (PostgreSQL included)
	@$(MAKE) --no-print-directory -j 2 check suite

suite: setup ## the whole test suite alone
	$(OFFSCREEN) $(PY) -m pytest -n $(JOBS) --dist worksteal

cover: setup ## the whole test suite with branch coverage and its floor (half as long again)
	$(OFFSCREEN) $(PY) -m pytest -n $(JOBS) --dist worksteal --cov --cov-report=term

check: setup ## format, lint, types, dead code
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/basedpyright --level error
	.venv/bin/vulture

format: setup ## put the code into shape
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

tour: setup ## the whole journey offscreen on a real server; leaves build/tour/
	$(OFFSCREEN) $(PY) -m tests.tour

server: setup ## the central server on SQLite at 127.0.0.1:8420
	$(PY) -m server

sim: setup ## the sync simulation: make sim SEEDS=1000
	$(PY) -m tests.sim --seeds $(SEEDS)

bench: setup ## all benchmarks; writes build/bench.json and a table
	$(OFFSCREEN) $(PY) -m bench

bench-sync: setup ## what sync costs, on the wire and beside a bare endpoint
	$(OFFSCREEN) $(PY) -m bench sync wire line memory

screens: setup ## every screen of the sample office as pictures in build/screens
	$(OFFSCREEN) $(PY) -m tests.screens

demo: setup ## the sample office
	$(PY) main.py --demo

papers: setup ## every paper of the sample office, filled, blank and extreme: build/papers/index.html
	$(PY) -m tests.reports.gallery
