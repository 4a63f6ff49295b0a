# Two commands matter: `make run` and `make test`. Both bring whatever they need; `make help` lists the rest.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules
unexport PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE PIP_USER PIP_TARGET PIP_PREFIX

PORT ?= 8000
HOST = 127.0.0.1
WORKERS = 2

PYTHON_IN := .venv/bin/python
PIP := $(PYTHON_IN) -m pip install --disable-pip-version-check --no-input --quiet --require-hashes
VENDOR := salon/static/vendor/icons.svg
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard salon/translations/*/LC_MESSAGES/messages.po))
REACHED := $(patsubst 0.0.0.0,127.0.0.1,$(HOST))

.PHONY: help run test setup setup-dev check pytest deep docs lock messages
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: setup ## Serve on http://HOST:PORT with demo salons (HOST=127.0.0.1 PORT=8000)
	@export SALON_ENV=development PUBLIC_URL="$${PUBLIC_URL:-http://$(REACHED):$(PORT)}"; \
	exec .venv/bin/salon try --host "$(HOST)" --port "$(PORT)"

test: check pytest ## Check and test everything, PostgreSQL and browser included

setup: .venv/.app $(VENDOR) $(CATALOGUES) ## Do the set-up of `make run` only

setup-dev: .venv/.dev setup node_modules/.done

check: setup-dev ## Style, format, types, import directions, templates
	$(PYTHON_IN) -m ruff check .
	$(PYTHON_IN) -m ruff format --check .
	$(PYTHON_IN) -m mypy
	$(PYTHON_IN) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(PYTHON_IN) -m djlint --quiet --lint salon/templates

pytest: setup-dev
	$(PYTHON_IN) -m pytest -q -n $(WORKERS) --dist worksteal

deep: setup-dev ## The long searches: 50 times the examples
	DEEP=1 $(PYTHON_IN) -m pytest -q -n $(WORKERS) --dist worksteal

docs: .venv/.dev ## Make the pages of docs/ that come from code
	$(PYTHON_IN) -m tools.access_doc
	$(PYTHON_IN) -m tools.rules_doc
	$(PYTHON_IN) -m tools.api_doc

messages: .venv/.dev ## Collect new words from code and templates into the catalogues
	$(PYTHON_IN) -m babel.messages.frontend extract -F pyproject.toml -k _l --sort-by-file --no-location -o .venv/messages.pot .
	for catalogue in salon/translations/*/LC_MESSAGES/messages.po; do \
	  locale="$$(basename "$$(dirname "$$(dirname "$$catalogue")")")"; \
	  $(PYTHON_IN) -m babel.messages.frontend update --no-fuzzy-matching -i .venv/messages.pot -o "$$catalogue" -l "$$locale"; \
	done

lock: .venv/.dev ## Renew the pinned versions (UPGRADE=--upgrade for newer ones)
	for part in "" -build -node -dev; do \
	  $(PYTHON_IN) -m uv pip compile --quiet --system-certs --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate $(UPGRADE) "requirements$$part.in" -o "requirements$$part.lock"; \
	done

# A .venv whose Python is gone (an upgrade of the machine) is made again.
$(shell $(PYTHON_IN) -V >/dev/null 2>&1 || rm -f .venv/.app)

# ---- set-up, each step once: a stamp is newer than what it was made from ----

.venv/.app: requirements.lock requirements-build.lock tools/make_venv.sh
	@tools/make_venv.sh
	@echo "Installing the packages that Salon runs on ..."
	@$(PIP) -r requirements-build.lock
	@$(PIP) --no-build-isolation -r requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.app
	@echo "Installing the packages that check and test ..."
	@$(PIP) --no-build-isolation -r requirements-dev.lock
	@touch $@

.venv/.node: requirements-node.lock .venv/.app
	@echo "Bringing Node.js for the front-end packages ..."
	@$(PIP) -r requirements-node.lock
	@touch $@

node_modules/.app: package-lock.json .npmrc .venv/.node
	@echo "Bringing the front-end packages ..."
	@$(PYTHON_IN) tools/npm.py ci --omit=dev --loglevel=error
	@touch $@

# Holds what .app holds and more; npm begins with an empty folder, so both stamps are set.
node_modules/.done: package-lock.json .npmrc .venv/.node
	@echo "Bringing the browser for the tests ..."
	@$(PYTHON_IN) tools/npm.py ci --include=dev --loglevel=error
	@touch node_modules/.app $@

$(VENDOR): node_modules/.app tools/vendor.py
	@$(PYTHON_IN) tools/vendor.py
	@touch $@

%.mo: %.po .venv/.app
	@$(PYTHON_IN) -m babel.messages.frontend compile -i $< -o $@
