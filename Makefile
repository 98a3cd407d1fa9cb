# `make demo` shows the main job, `make test` passes the tests.  Both install what they
# need into .venv, need no root, and are safe to run again.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: demo test test-kafka model machine readme install lock clean

demo: install
	@$(BIN)/holdshort demo

test: install
	@$(BIN)/python -m pytest

# The Kafka-facing tests on Apache Kafka 4: needs Java 17 and Maven.
test-kafka: install
	@HOLDSHORT_TEST_KAFKA=apache $(BIN)/python -m pytest -m kafka

# Prove by search that nothing is sent twice, and print what goes wrong without each rule.
model: install
	@$(BIN)/python -m tests.model

# Play random lives on the real ledger: make machine LIVES=1000
LIVES ?= 300
machine: install
	@HOLDSHORT_TEST_EXAMPLES=$(LIVES) $(BIN)/python -m pytest --timeout 0 tests/ledger/test_machine.py

# Write the generated parts of the README again.
readme: install
	@$(BIN)/python -m deploy.readme README.md

install: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) deploy/check_python.py
	@echo "installing into .venv ..."
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Hashes, not addresses: the lock works with any mirror of the package index.
lock:
	@uv pip compile --quiet --universal --python-version 3.11 --extra local --group dev \
		--generate-hashes --no-header --no-annotate pyproject.toml -o requirements.lock

clean:
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
