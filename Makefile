# Bare `make` prints this help. Every target installs what it needs and says so.
PORT ?= 8000
DATA ?= $(CURDIR)/data
PYTHON ?= python3
CORPUS ?=
MINUTES ?= 10
VENV := $(CURDIR)/.venv
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test check bench conformance mutants peers fuzz locks clean

help: ## this help
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.installed ## start Skrytka with the demonstration institution (PORT=, DATA=)
	@SKRYTKA_MODE=demo SKRYTKA_DATA="$(DATA)" PORT=$(PORT) "$(BIN)/skrytka" up --demo

test: $(VENV)/.installed-dev ## run every test, on SQLite and PostgreSQL, in a real browser
	@./tools/system-packages
	@"$(BIN)/python" tools/run_tests.py

check: $(VENV)/.installed-dev ## lint, types, imports, dependencies, templates
	"$(BIN)/ruff" check .
	"$(BIN)/ruff" format --check .
	"$(BIN)/mypy" src tests
	"$(BIN)/lint-imports"
	"$(BIN)/deptry" src
	"$(BIN)/djlint" src --quiet --lint

bench: $(VENV)/.installed-dev ## measure submissions, search, memory, uploads, seals and the sweep
	@./tools/system-packages
	@"$(BIN)/skrytka" bench submissions
	@"$(BIN)/python" tools/with_postgres.py "$(BIN)/skrytka" bench search
	@"$(BIN)/skrytka" bench memory
	@"$(BIN)/skrytka" bench uploads
	@"$(BIN)/skrytka" bench seal
	@"$(BIN)/skrytka" bench validate
	@"$(BIN)/skrytka" bench blobs
	@"$(BIN)/python" tools/with_postgres.py "$(BIN)/skrytka" bench sweep

conformance: $(VENV)/.installed-dev ## judge a corpus of signatures (CORPUS=folder)
	@"$(BIN)/python" tools/conformance.py "$(CORPUS)"

mutants: $(VENV)/.installed-dev ## spoil a corpus of signatures in every known way (CORPUS=folder)
	@"$(BIN)/python" -W ignore tools/mutations.py "$(CORPUS)"

peers: $(VENV)/.installed-dev ## ask other verifiers about a corpus of signatures (CORPUS=folder)
	-@[ -z "$(CORPUS)" ] || ./tools/system-packages peers
	@"$(BIN)/python" tools/peers_table.py "$(CORPUS)"

fuzz: $(VENV)/.installed-dev ## throw mutated inputs at every decoder (MINUTES= each, CORPUS=folder)
	@"$(BIN)/python" tools/fuzz.py $(MINUTES) "$(CORPUS)"

locks: ## write the lock files anew
	$(PYTHON) tools/lock.py

clean: ## remove what was built; data stays
	rm -rf "$(VENV)" frontend/node_modules src/skrytka/ui/static/skrytka

$(VENV)/.installed: requirements.lock pyproject.toml hatch_build.py $(shell find frontend -path '*/node_modules' -prune -o -type f -print) $(shell find src/skrytka/ui/locale -name '*.po' 2>/dev/null)
	@$(PYTHON) tools/install.py "$(VENV)" requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@$(PYTHON) tools/install.py "$(VENV)" requirements-dev.lock
	@touch $@
