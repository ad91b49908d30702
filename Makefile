# `make run` and `make test` are the two commands; `make help` lists the rest. Every path is relative and quoted,
# so that the folder may have any name.

PORT ?= 8000
WORKERS ?= 3
export PORT
PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --no-input -q install --require-hashes --no-deps
PWA := $(shell find pwa -type f -not -path 'pwa/node_modules/*' 2>/dev/null | grep -v ' ')
.DEFAULT_GOAL := help
.PHONY: help run code reset test bench lint fmt messages

help:
	@echo 'make run       start everything on http://localhost:$(PORT); PORT=8001 for another port'
	@echo 'make code      the code that a demo person'"'"'s authenticator app shows now; WHO=sanne'
	@echo 'make reset     stop it and forget its data'
	@echo 'make test      every test, the browser journeys included'
	@echo 'make bench     what pages, long lists and large files cost'
	@echo 'make lint      style, types, imports, templates and catalogues'
	@echo 'make fmt       format the code'
	@echo 'make messages  collect the texts to translate'

run: .venv/runtime.stamp static/built.stamp
	@exec $(PYTHON) -m backend.run

code: .venv/runtime.stamp
	@exec $(PYTHON) -m backend.run code "$(WHO)"

reset:
	@if [ -e .venv/runtime.stamp ]; then exec $(PYTHON) -m backend.run reset; else rm -rf .data; fi

test: .venv/development.stamp static/built.stamp
	CHROMIUM="$$(scripts/chromium)" && export CHROMIUM && $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal

bench: .venv/development.stamp static/built.stamp
	CHROMIUM="$$(scripts/chromium)" && export CHROMIUM && $(PYTHON) -m tests.bench

lint: .venv/development.stamp static/built.stamp
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	$(PYTHON) -m pytest -q tests/house

fmt: .venv/development.stamp
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

messages: .venv/runtime.stamp
	$(PYTHON) -m backend.cli messages

$(PYTHON):
	@scripts/venv

.venv/runtime.stamp: requirements.lock | $(PYTHON)
	@echo 'Installing the libraries (once; about a minute) …'
	@$(PIP) -r requirements.lock
	@touch $@

.venv/development.stamp: requirements-dev.lock .venv/runtime.stamp
	@echo 'Installing the tools for tests and style …'
	@$(PIP) -r requirements-dev.lock
	@touch $@

static/built.stamp: $(PWA) scripts/pwa | .venv/runtime.stamp
	@scripts/pwa
	@touch $@
