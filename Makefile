# Everything is installed into .venv, nothing outside this folder is touched. `make help` names the targets.
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable

.PHONY: help demo test lint site audit evaluate docs clean

help:  ## name the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: $(VENV)/installed  ## set everything up, build a record of the bundled example and show it
	$(BIN)/dragoman demo --record demo.duckdb
	@echo; echo "The record is demo.duckdb. To see it in a browser:  $(BIN)/dragoman serve --record demo.duckdb"
	@echo "To write dragoman without $(BIN)/ before it:       . $(BIN)/activate"

test: lint  ## lint, then run the tests with coverage
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile --cov --cov-report=term:skip-covered

lint: site  ## ruff, mypy --strict, the order of the rooms, and the site
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

site: $(VENV)/installed-dev  ## build docs/ as a site into site/, warnings being errors
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

audit: $(VENV)/installed-dev  ## list what is installed (sbom.json) and ask about known vulnerabilities; needs the network
	@$(INSTALL) '.[audit]'
	@$(BIN)/python .ci/audit

evaluate: $(VENV)/installed-dev  ## one table of how right it is: every gold set, the peers; gold in SHARED (../shared)
	@$(INSTALL) '.[train]'
	@$(BIN)/python -m bench.accuracy --shared "$(SHARED)"

docs: $(VENV)/installed-dev  ## write the real output of each command into README.md and docs/
	$(BIN)/python docs/fill.py

clean:  ## remove .venv, caches and the records made here
	rm -rf $(VENV) site dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
	rm -f sbom.json demo.duckdb

# A stamp is touched only once its step is complete, so a broken set-up is mended by the next run.
$(VENV)/created:
	@python=$$(.ci/python) || exit 1; echo "Setting up $(VENV) with $$python"; "$$python" -m venv --clear $(VENV)
	@touch $@

$(VENV)/installed: $(VENV)/created pyproject.toml constraints.txt
	@echo "Installing Dragoman into $(VENV)"; $(INSTALL) .
	@touch $@

$(VENV)/installed-dev: $(VENV)/created pyproject.toml constraints.txt
	@echo "Installing Dragoman and its tools into $(VENV)"; $(INSTALL) '.[test,dev]'
	@touch $(VENV)/installed $@
