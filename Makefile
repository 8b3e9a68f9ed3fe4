# The two that matter: `make serve` and `make test`. Everything else is for those who work on Polyport itself.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PORT ?= 8080
LANGS ?= python,node,kotlin,swift
SERVE_ARGS ?=

.PHONY: help serve test check generate conformance setup clean

help:
	@echo "make serve [PORT=8080]            set up what is missing, then run the gateway with the local model"
	@echo "make test  [LANGS=$(LANGS)]   set up what is missing, then run every test"
	@echo "make check                         format, lint, types and quick tests, for those who work on it"
	@echo "make generate                      regenerate the clients, the proto and the server glue from spec/"
	@echo "make conformance                   judge the generator by some 2,700 public documents; writes docs/coverage.md"
	@echo "make clean                         remove build output (not .venv, not the caches)"

serve:
	@scripts/setup-python serve
	@.venv/bin/polyport model pull smollm2-135m all-minilm-l6-v2
	@exec .venv/bin/polyport serve --port $(PORT) $(SERVE_ARGS)

test:
	@python3 scripts/run-tests $(LANGS)

check:
	@scripts/setup-python dev
	@LANGS=$(LANGS) scripts/check

generate:
	@scripts/setup-python dev
	@.venv/bin/polyport generate

conformance:
	@scripts/setup-python dev
	@scripts/setup-conformance all
	@.venv/bin/python -m tests.conformance --table docs/coverage.md $(CONFORMANCE_ARGS)
	@scripts/setup-node && scripts/setup-kotlin && scripts/setup-swift
	@.venv/bin/python -m tests.conformance.large --table docs/coverage.md $(CONFORMANCE_LARGE_ARGS)

setup:
	@scripts/setup-python dev

clean:
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis
