# `make demo` shows the main job, `make test` passes the tests.  Both install what they
# need into .venv, need no root, and are safe to run again.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: demo test test-kafka test-pgbouncer failpoints chaos kill-sweep bench scale-plan peers model machine \
	mutants tampering receipts-cost console-budget evaluation readme types docs screenshots reviewing \
	install lock lock-peers clean

demo: install
	@$(BIN)/holdshort demo

# Side by side, each worker with servers of its own: make test WORKERS=1
WORKERS ?= 2
test: install
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

# The Kafka-facing tests on Apache Kafka 4: needs Java 17 and Maven.
test-kafka: install
	@HOLDSHORT_TEST_KAFKA=apache $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m kafka

# Every test that asks a database does so through PgBouncer in transaction mode: needs pgbouncer.
# What the mutations take out of the guards is looked for once, without it.
test-pgbouncer: install
	@HOLDSHORT_TEST_PGBOUNCER=1 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal \
		--ignore tests/ledger/test_mutations.py

# A soak under random faults: SECONDS_TOTAL=180 SEED=7 WRITE=1; else an hour, any seed.
chaos: install
	@$(BIN)/python -m tests.chaos $(if $(SECONDS_TOTAL),--seconds $(SECONDS_TOTAL)) \
		$(if $(SEED),--seed $(SEED)) $(if $(WRITE),--write)

# A sender killed at one system call after another: needs strace.  Before the mail sink and,
# where it is installed (postfix, sasl2-bin, libsasl2-modules; root), before Postfix.
kill-sweep: install
	@$(BIN)/python -m tests.kill_sweep $(if $(WRITE),--write)

# How fast it is, beside others, by the last line: ONLY=pipeline WRITE=1 BENCH_SHORT=1
bench: install
	@$(BIN)/holdshort bench $(if $(ONLY),--only $(ONLY)) $(if $(WRITE),--write)

# What a thousand million intents a month take; MEASURE=1 measures anew, in a minute.
scale-plan: install
	@$(BIN)/holdshort plan $(if $(MEASURE),--measure --write)

# Other products under the same kill, in half an hour: needs a package index.
peers: install
	@$(BIN)/python -m tests.peers $(if $(WRITE),--write)

# Every point of a sender, with every action: some minutes.
failpoints: install
	@HOLDSHORT_TEST_FAILPOINTS=all $(BIN)/python -m pytest tests/failpoints

# Prove by search that nothing is sent twice, and print what goes wrong without each rule.
model: install
	@$(BIN)/python -m tests.model

# Play random lives on the real ledger: make machine LIVES=1000
LIVES ?= 300
machine: install
	@HOLDSHORT_TEST_EXAMPLES=$(LIVES) $(BIN)/python -m pytest --timeout 0 tests/ledger/test_machine.py

# Change bundles of receipts at random, and believe none: MUTANTS=100000 SEED=7
MUTANTS ?= 10000
mutants: install
	@$(BIN)/python -m tests.receipts.mutants $(MUTANTS) $(SEED)

# What receipts cost, in pairs: ROUNDS=9 WRITE=1
ROUNDS ?= 9
receipts-cost: install
	@$(BIN)/python -m tests.receipts.cost --rounds $(ROUNDS) $(if $(WRITE),--write)

# How long each screen takes to read: ROWS=1000000 WRITE=1
ROWS ?= 1000000
console-budget: install
	@$(BIN)/python -m tests.console.budget --rows $(ROWS) $(if $(WRITE),--write)

# How good scores are on real mail that nobody here wrote, part of it held out, in some minutes:
# needs the npm registry.  WRITE=1
evaluation: install
	@$(BIN)/python -m tests.evaluation $(if $(WRITE),--write)
	@$(BIN)/python -m tests.evaluation.learned $(if $(WRITE),--write)

# Change one thing in what was approved, ten thousand times, as the owner of the database, in
# the sender's settings or in the final bytes, and send nothing: WORLDS=300 SEED=7
WORLDS ?= 10000
tampering: install
	@$(BIN)/python -m tests.tampering $(WORLDS) $(SEED)

# Ask both APIs whatever their descriptions allow, and what they do not: REQUESTS=500
REQUESTS ?= 300
requests: install
	@HOLDSHORT_TEST_EXAMPLES=$(REQUESTS) $(BIN)/python -m pytest --timeout 0 tests/intake/test_every_answer.py

# Write the generated parts of the README, and the generated pages, again.
readme: install
	@$(BIN)/python -m deploy.readme README.md
	@$(BIN)/python -m deploy.failpoints docs/FAILPOINTS.md
	@$(BIN)/python -m deploy.findings docs/FINDINGS.md
	@$(BIN)/python -m deploy.scorers docs/SCORERS.md
	@$(BIN)/python -m tests.faults.proofs
	@$(BIN)/python -m tests.console.documented
	@$(BIN)/python -m tests.adapters.documented
	@$(BIN)/python -m deploy.dashboards deploy/grafana
	@$(BIN)/python -m deploy.metrics docs/METRICS.md
	@$(BIN)/holdshort schema export schemas/json
	@$(BIN)/python -m deploy.reference

# The types of the TypeScript client, after `make readme`: needs the npm registry.
types: install
	@$(BIN)/python -m tests.contracts.types

# The pages as one site, in site/: broken links, and pages that are in no list, fail.
docs: install
	@$(BIN)/python -m sphinx -q -W --keep-going -E -j 1 -c docs -d build/site -b dirhtml . site

# The pictures of docs/CONSOLE.md: needs Chromium.
screenshots: install
	@$(BIN)/python -m tests.browser.screenshots

# What a console takes of a reviewer's time for each mail: needs Chromium.
reviewing: install
	@$(BIN)/python -m tests.browser.reviewing $(if $(WRITE),--write)

install: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) deploy/check_python.py
	@echo "installing into .venv ..."
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m deploy.assets
	@touch $@

# Hashes, not addresses: the lock works with any mirror of the package index.
lock:
	@uv pip compile --quiet --universal --python-version 3.11 --group dev \
		--extra local --extra mcp --extra model --extra otel --extra schema \
		--generate-hashes --no-header --no-annotate pyproject.toml -o requirements.lock
	@uv pip compile --quiet --universal --python-version 3.11 --extra console --group image \
		--generate-hashes --no-header --no-annotate pyproject.toml -o deploy/image.lock

lock-peers:
	@for lock in deploy/bench/locks/*.txt; do uv pip compile --quiet --python-version 3.11 \
		--generate-hashes --no-header --no-annotate "$${lock%.txt}.in" -o "$$lock"; done
	@$(BIN)/python -m deploy.bench.locking

clean:
	@rm -rf .venv .peers .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
