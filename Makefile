# Each target sets up what it needs, in environments of its own: .venv for Python, tests/node/node_modules for Node.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LISTKEEPER := $(BIN)/listkeeper

.PHONY: run demo test lint bench fuzz mutants clean
.DEFAULT_GOAL := run

# Validate, build, duplicates, check. Dead links (1) and no network (4) are news, not failures; broken sources and crashes fail.
run: $(VENV)/.run
	@$(LISTKEEPER) validate
	@$(LISTKEEPER) build
	@$(LISTKEEPER) duplicates || test $$? -eq 1
	@$(LISTKEEPER) check; code=$$?; \
	echo "The rendered lists: lists/README.md"; \
	if [ $$code -eq 4 ]; then \
	  printf '\nNo network here, so nothing was concluded about the links above.\nBelow is a REHEARSAL on a simulated web of this machine: its links are made up, no real site is asked.\n\n'; \
	  $(MAKE) --no-print-directory demo; \
	else test $$code -eq 0 -o $$code -eq 1; fi

# Three nights on the simulated web: what a check looks like, without a network.
demo: $(VENV)/.web
	@$(BIN)/python -m tests.web.demo

test: $(VENV)/.dev $(if $(shell command -v npm),tests/node/node_modules/.done)
	$(BIN)/python -m pytest -n 3 --dist loadfile $(T)

lint: $(VENV)/.dev $(if $(shell command -v npm),tests/node/node_modules/.done)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.ci_github.lint

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench

# Run each reader of untrusted input on generated input for 60 s: make fuzz S=600 T="yaml markdown"
fuzz: $(VENV)/.dev
	$(BIN)/python -m tests.fuzz $(if $(S),--seconds $(S)) $(T)

# Change the code in small ways and count what the tests notice: make mutants M="--seed 7 --number 60"
mutants: $(VENV)/.mutants
	$(BIN)/python -m tests.mutants $(M)

clean:
	rm -rf $(VENV) tests/node/node_modules build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Listkeeper needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python pyproject.toml tests/constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c tests/constraints.txt -e .
	@touch $@

$(VENV)/.web: $(BIN)/python pyproject.toml tests/constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c tests/constraints.txt -e '.[web]'
	@touch $@ $(VENV)/.run

$(VENV)/.dev: $(BIN)/python pyproject.toml tests/constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c tests/constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.run $(VENV)/.web

$(VENV)/.mutants: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c tests/constraints.txt -e '.[mutants]'
	@touch $@

tests/node/node_modules/.done: tests/node/package-lock.json
	cd tests/node && npm ci --silent --no-audit --no-fund
	@touch $@
