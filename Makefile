# One command shows the shop (make demo), one proves it (make test). Both set up whatever is missing.
# Everything that is installed lies in .venv, node_modules and .run; `make clean` takes it away.

SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

export PORT ?= 8000
# Python keeps what it compiled, whatever the caller's environment says: it halves the time of every later start.
export PYTHONDONTWRITEBYTECODE :=
WORKERS ?= 2
ARGS ?=

PY := .venv/bin/python
sum = $(shell cat $(1) 2>/dev/null | sha256sum | cut -c1-16)
# Stamps are named after what they were made from, so a fresh checkout of the same files stays set up.
VENV := .venv/.set-up-$(call sum,requirements/dev.txt requirements/contract.txt foundation/setup/venv.sh)
NODE := node_modules/.set-up-$(call sum,package.json package-lock.json .npmrc)
MANIFEST := foundation/assets/dist/manifest.json
ASSETS := $(shell find foundation/assets $(wildcard */assets/js) \( -path '*/assets/dist*' -o -path '*/assets/fonts' \) -prune -o -type f -print 2>/dev/null)
CATALOGUES := $(wildcard */translations/*/LC_MESSAGES/messages.po)

.PHONY: help setup assets translations demo test check check-types check-migrations check-fast check-faults bench lock clean

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

setup: $(VENV) $(NODE) $(MANIFEST) translations ## Install and build whatever is missing (demo and test do it too)

$(VENV):
	@foundation/setup/venv.sh
	@rm -f .venv/.set-up-*; touch $@

$(NODE): | $(VENV)
	@echo "Fetching fonts, icons and the bundler"
	@foundation/setup/node.sh npm ci --no-progress --loglevel=error
	@rm -f node_modules/.set-up-*; touch $@

$(MANIFEST): $(ASSETS) | $(VENV) $(NODE)
	@$(PY) foundation/assets/cut_fonts.py
	@foundation/setup/node.sh node foundation/assets/build.mjs

assets: $(VENV) $(NODE) ## Build the style sheet, the scripts and the icons again
	@rm -f $(MANIFEST)
	@$(MAKE) $(MANIFEST)

translations: $(CATALOGUES:.po=.mo)

%.mo: %.po | $(VENV)
	@$(PY) -m babel.messages.frontend --quiet compile --input-file $< --output-file $@

demo: setup ## Run the whole shop with its demo story on http://127.0.0.1:8000 (PORT=...)
	@exec $(PY) -m demo

# Work is stolen from whoever has more of it left: the long walks come first, so nobody waits for one at the end.
test: setup check ## Every check, then every test, on a real PostgreSQL and a real browser
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: setup ## Lint, types, import contracts, migrations, translations, locks
	@$(MAKE) --jobs $(WORKERS) --output-sync=target check-types check-migrations check-fast

check-types: setup
	@$(PY) -m mypy

check-migrations: setup
	@$(PY) -m tests.checks.migrations

check-fast: $(VENV)
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --check --quiet . || { echo "run: .venv/bin/ruff format ."; exit 1; }
	@$(PY) -m tests.checks
	@$(PY) -m tests.checks sums

check-faults: setup ## Plant twelve faults in a copy, one by one, and expect the tests of each to fail (minutes)
	@$(PY) -m tests.faults

bench: setup ## Measure us beside a bare control, a quarter of an hour (ONLY=go,product_page; ONLY=search_growth fills a million products)
	@$(PY) -m benchmarks $(if $(ONLY),--only $(ONLY))

lock: $(VENV) ## Resolve requirements/*.txt and the npm locks again (needs a network)
	@source foundation/setup/env.sh; PATH="$(CURDIR)/.venv/bin:$$PATH" $(PY) -m tests.checks.locks write
	@foundation/setup/node.sh npm install --package-lock-only --loglevel=error
	@cd tests/browser && ../../foundation/setup/node.sh npm install --package-lock-only --loglevel=error --userconfig ../../.npmrc

clean: ## Stop the private database and remove what was installed and built, the demo's data too
	@if [ -x $(PY) ]; then $(PY) -m foundation.postgres remove || true; fi
	rm -rf .venv node_modules .run foundation/assets/dist foundation/assets/fonts .ruff_cache .mypy_cache .pytest_cache .hypothesis
	@find . -name '*.mo' -not -path './node_modules/*' -delete; find . -name __pycache__ -prune -exec rm -rf {} +
