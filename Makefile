# Everything a person types. Each target first makes the environment in .venv, and again when what it is made from changes.
# Needs: make, a POSIX shell, and Python 3.11 or newer with its venv module.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run chat test check bench train lock postgres wheel clean FORCE

PY := .venv/bin/python
UV := VIRTUAL_ENV= $(PY) -m uv --quiet --system-certs
CANDIDATES := $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3 python

# With a PostgreSQL address in the environment or in .env, what runs needs the driver too.
RUN := $(if $(shell printf '%s\n' "$$KENTONGAN_DATABASE_URL" | cat - .env 2>/dev/null | grep -E '^(KENTONGAN_DATABASE_URL=)?["'\'']?postgresql'),postgres,run)

help:  ## show this list
	@sed -n 's/^\([a-z]*\): .*  *## /  make \1 | /p; s/^\([a-z]*\):  *## /  make \1 | /p' Makefile | awk -F' \\| ' '{ printf "%-17s%s\n", $$1, $$2 }'

setup: .venv/$(RUN).stamp  ## make the environment with what a running bot needs
	@echo "the environment in .venv is ready"

run: .venv/$(RUN).stamp  ## start the bot; without any token as a demo, with the web chat on this machine
	@exec $(PY) -m bot run --demo-if-no-token

chat: .venv/$(RUN).stamp  ## talk to the bot in this terminal
	@exec $(PY) -m bot chat

WORKERS ?= 3  # more than two cores' worth: many tests wait for a process or a clock

test: .venv/dev.stamp  ## run the tests; make test ARGS='-k luhn' for some of them, WORKERS=0 for one after the other
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: .venv/dev.stamp  ## style, types and import rules
	@$(PY) -m ruff check --quiet --output-format concise .
	@$(PY) -m ruff format --check . > .venv/format.txt || { cat .venv/format.txt; exit 1; }
	@$(PY) -m mypy --no-error-summary
	@.venv/bin/lint-imports --no-logo > .venv/imports.txt || { cat .venv/imports.txt; exit 1; }
	@echo "style, types and import rules: nothing found"

bench: .venv/dev.stamp  ## measure a turn, the start and the memory
	@$(PY) -m tests.bench $(ARGS)

train: .venv/dev.stamp  ## train the language model anew from nlp/corpus/
	@$(PY) -m nlp train $(ARGS)

postgres: .venv/postgres.stamp  ## add the PostgreSQL driver to the environment

wheel: .venv/dev.stamp  ## build a wheel into dist/
	@$(UV) build --quiet --wheel --no-build-isolation --python $(PY) --out-dir dist .
	@ls dist/*.whl

lock: .venv/tool.stamp  ## resolve the newest versions that pyproject.toml allows, for every platform, into requirements/
	@$(UV) lock --upgrade
	@for set in "tool --only-group tool" "run" "postgres --extra postgres" "dev --extra dev"; do \
		set -- $$set; name=$$1; shift; \
		$(UV) export --locked --no-default-groups --no-emit-project --no-header --no-annotate "$$@" > requirements/$$name.txt.new && \
		mv requirements/$$name.txt.new requirements/$$name.txt || exit 1; \
		echo "requirements/$$name.txt: $$(grep -c '==' requirements/$$name.txt) packages"; \
	done

clean:  ## remove the environment and what tools left; data/ and .env stay
	@rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov

# ---- the environment

# A .venv whose Python is gone (an upgrade, a moved disk) is made anew, whatever its stamps say.
WORKS := $(shell $(PY) -c 'import sys; print("yes" if sys.version_info >= (3, 11) else "no")' 2>/dev/null)
ifneq ($(WORKS),yes)
.venv/tool.stamp: FORCE
endif
FORCE:

.venv/tool.stamp: requirements/tool.txt
	@for python in $(CANDIDATES); do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Kentongan needs Python 3.11 or newer, and none was found. Install it, or name it: make PYTHON=/path/to/python3"; exit 1; \
	fi; \
	if ! $$found -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$found lacks its venv module. On Debian and Ubuntu: apt install python3-venv"; exit 1; \
	fi; \
	echo "making .venv with $$($$found -V)"; \
	[ "$(WORKS)" = yes ] || $$found -m venv --clear .venv
	@$(PY) -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements/tool.txt
	@touch $@

.venv/%.stamp: requirements/%.txt pyproject.toml .venv/tool.stamp
	@echo "installing requirements/$*.txt"
	@$(UV) pip install --python $(PY) --require-hashes --compile-bytecode -r requirements/$*.txt
	@$(UV) pip install --python $(PY) --no-deps --no-build-isolation --editable .
	@touch $@
