# What can be done with this project: `make help` lists it. Python 3.11 or newer and make are all that `make demo` needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
DB ?= kb.db
PORT ?= 8001
WORKERS ?= logical

# An installation is good until what it was made from changes.
RUNS := $(VENV)/.runs
TESTS := $(VENV)/.tests

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint rules layout types format docs bench constraints clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

demo: $(RUNS) $(DB) ## build kb.db from the abridged edition in corpus/ and serve it on 127.0.0.1:8001 (PORT=…, DB=…)
	@echo "The knowledge base $(DB) is served at the address below; Ctrl+C ends it."
	@$(BIN)/kb serve --db $(DB) --port $(PORT)

# Only where there is none: reports that were added by hand are never replaced by the abridged edition.
$(DB): | $(RUNS)
	$(BIN)/kb ingest corpus/manufacturing-113-abridged.pdf --db $(DB)

test: $(TESTS) ## run all tests that this machine can run, and name those it cannot (PYTEST=… adds options)
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(PYTEST)

lint: rules layout types ## ruff (rules and format) and mypy --strict

rules: $(TESTS)
	$(BIN)/ruff check .

layout: $(TESTS)
	$(BIN)/ruff format --check .

types: $(TESTS)
	$(BIN)/mypy

format: $(TESTS) ## put the code into ruff's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(RUNS) ## write the generated parts of README.md and docs/ anew
	$(BIN)/python -m kb.dictionary

bench: $(TESTS) ## times and memory as ratios to bare pdfplumber and raw FTS5 (BENCH=… adds options)
	$(BIN)/python -m bench $(BENCH)

constraints: $(TESTS) ## write constraints.txt: the exact versions of what is installed in .venv now
	$(PIP) freeze --exclude-editable > constraints.new
	@if grep -n '@\|://' constraints.new; then echo "not a plain version; constraints.txt is as it was"; rm constraints.new; exit 1; fi
	{ echo "# Exact versions of everything that is installed to run and to test; written by: make constraints"; cat constraints.new; } > constraints.txt
	@rm constraints.new

clean: ## remove the installation and what tools left behind; databases stay
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' || { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUNS): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(TESTS): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(RUNS)
