# `make demo` shows Furat at work, `make test` tests it. Both install first what they need; neither needs a network
# once the packages are there.

PYTHON ?= python3
BIN = .venv/bin
CORE = .venv/core
READY = .venv/ready
SITE ?=

.PHONY: demo crawl test quick mutants test-wordpress test-spark chaos hostile check format bench clean

demo: $(CORE)
	$(BIN)/python -m tests.demo

crawl: $(CORE)
	$(BIN)/scrapy refresh $(if $(SITE),--site $(SITE))

test: $(READY)
	$(BIN)/python -m pytest -q -n auto --dist worksteal

quick: $(READY)
	$(BIN)/python -m pytest -q -n auto --dist worksteal -m "not scrapy and not slow"

mutants: $(READY)
	$(BIN)/python -m pip install --quiet -r requirements-mutants.txt
	$(BIN)/python -m bench.mutants --sample $(or $(MUTANTS),40) --minutes $(or $(MINUTES),60)

test-wordpress: $(READY)
	FURAT_WORDPRESS=1 $(BIN)/python -m pytest -q tests/real_wordpress

# Spark is large, and moto asks for another python-dateutil than Furat.
test-spark: $(READY)
	$(BIN)/python -m pip install --quiet -r requirements-spark.txt
	test -x .venv-s3/bin/moto_server || $(PYTHON) -m venv .venv-s3
	.venv-s3/bin/python -m pip install --quiet "moto[s3,server]==5.2.5"
	FURAT_SPARK=1 $(BIN)/python -m pytest -q tests/spark

chaos: $(READY)
	FURAT_CHAOS=100 $(BIN)/python -m pytest tests/chaos

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(MAKE) test

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)
	$(BIN)/python -m bench

hostile: $(READY)
	FURAT_FUZZ=$(or $(SECONDS),3600) $(BIN)/python -m pytest -q -n auto --dist worksteal tests/hostile

clean:
	rm -rf .venv .venv-s3 .mypy_cache .pytest_cache .ruff_cache .hypothesis demo

$(CORE): requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Furat needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -r requirements.txt
	touch $@

$(READY): requirements.txt requirements-dev.txt requirements-corpus.txt requirements-datasets.txt requirements-evidence.txt requirements-operate.txt | $(CORE)
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	touch $@
