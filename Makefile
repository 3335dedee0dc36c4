# make run    the sample newsroom, published and served
# make desk   the sample newsroom's desk, for editors
# make publish the sample newsroom again, after changing a page
# make test   tests, linters and type checker
# make coverage  the tests, and which lines none of them reaches
# make wheel  builds it, and uses it as somebody does who installed it (PYTHON=python3.12)
# make install-check  as root: what needs a fresh Debian of docs/installing.md, a container's steps among it
# make bench  what a run, a page, and being polled cost on this machine
# make translations  the pages' texts, after a change in feeds/web/translations
# make names  months, days and codes of all languages, after a new Babel
# make pictures draws the README's pictures of the pages anew
# make clean  forgets the virtual environment and the sample's ledger

SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
# The defaults, whatever the environment says: so plain commands in this folder mean the same ledger.
SAMPLE := env -u FEEDS_SOURCE -u FEEDS_DATABASE -u FEEDS_URL$(if $(filter-out 8000,$(PORT)), FEEDS_URL=http://localhost:$(PORT)/feeds/)

.PHONY: run desk publish test coverage lint wheel install-check bench translations names pictures lock clean
.DEFAULT_GOAL := run

publish: $(VENV)/run-ready
	@$(SAMPLE) $(BIN)/feeds publish

# It has one person, "desk", whose password is below: for trying it out on this machine alone.
desk: publish
	@echo 'sample newsroom' | $(SAMPLE) $(BIN)/feeds desk user add desk 2>/dev/null || true
	@echo 'Sign in as "desk" with the password "sample newsroom"; pictures are there while "make run" is at work'
	@exec $(SAMPLE) $(BIN)/feeds desk

run: publish
	@echo "After changing a page in source/: make publish$(if $(filter-out 8000,$(PORT)), PORT=$(PORT)), in another terminal"
	@$(if $(filter-out 8000,$(PORT)),echo "Before other commands there: export FEEDS_URL=http://localhost:$(PORT)/feeds/",:)
	@exec $(SAMPLE) $(BIN)/feeds serve --port $(PORT)

# Tests start many processes: each would compile everything anew if Python may not keep it.
# Some wait for servers: one more of them runs than there are processors.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

test: $(VENV)/test-ready $(VENV)/s3-server/ready lint
	$(PYTEST) $(TESTS)

# Apart from make test, which it would make twice as long.
coverage: $(VENV)/test-ready $(VENV)/s3-server/ready
	$(PYTEST) --cov --cov-report=term $(TESTS)

lint: $(VENV)/test-ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

wheel:
	@.ci/wheel $(PYTHON)

install-check: wheel
	@$(PYTHON) -m tests.installing.chroot dist/*.whl $(BASE)

bench: $(VENV)/test-ready
	@$(BIN)/python -m tests.benchmarks.nothing_new
	@$(BIN)/python -m tests.benchmarks.text_pages
	@$(BIN)/python -m tests.benchmarks.html_pages
	@$(BIN)/python -m tests.benchmarks.polling
	@$(BIN)/python -m tests.benchmarks.silent
	@$(BIN)/python -m tests.benchmarks.audience

translations: $(VENV)/run-ready
	$(BIN)/pybabel compile -d feeds/web/translations
	$(BIN)/pybabel compile -d feeds/desk/translations

names: $(VENV)/test-ready
	@$(BIN)/python -m tests.text.make_names > $(VENV)/names.json
	@mv $(VENV)/names.json feeds/text/dates/names.json
	@$(BIN)/python -m tests.text.make_languages > $(VENV)/languages.json
	@mv $(VENV)/languages.json feeds/text/languages.json

pictures: $(VENV)/test-ready
	@$(BIN)/python -m tests.browser.screenshots

# A virtual environment knows its own path: one that was moved is made again.
$(VENV)/made: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "$(PYTHON) is missing or older than 3.11. On Debian 12 or later: apt install python3 python3-venv" >&2; \
	  echo "If a newer one has another name: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) can't make virtual environments. On Debian: apt install python3-venv" >&2; exit 1; }
	@if [ -e $(VENV)/bin ] && [ ! -e $@ ]; then \
	  echo "$(VENV) is there and was not made by make: remove it, or use another, make VENV=.venv-make" >&2; exit 1; fi
	@rm -rf $(VENV) && mkdir $(VENV) && touch $@ && $(PYTHON) -m venv $(VENV)
	@pwd > $@

# The files in requirements/ name everything that is needed, so nothing is to be resolved; where pip
# does, an older one warns of a name that a dependency's dependency spells in its own way.
$(VENV)/run-ready: $(VENV)/made pyproject.toml requirements/run.txt
	@echo "Installing what it needs into $(VENV): this takes a minute, or several on a slow machine …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements/run.txt || { \
	  echo "The installation failed: see above. Is the network reachable?" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/test-ready: $(VENV)/run-ready requirements/test.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/test.txt || { \
	  echo "The installation failed: see above. Is the network reachable?" >&2; exit 1; }
	@touch $@

# The S3 API that exports are tested with needs other versions of what the program needs.
$(VENV)/s3-server/ready: $(VENV)/made requirements/s3-server.txt
	@$(PYTHON) -m venv $(VENV)/s3-server
	@$(VENV)/s3-server/bin/python -m pip install --quiet --disable-pip-version-check \
	  -r requirements/s3-server.txt || { \
	  echo "The installation failed: see above. Is the network reachable?" >&2; exit 1; }
	@touch $@

ifneq ($(shell cat $(VENV)/made 2>/dev/null),$(shell pwd))
.PHONY: $(VENV)/made
endif

# Pins the newest versions that pyproject.toml allows; needs uv.
lock:
	uv pip compile -q pyproject.toml --universal --python-version 3.11 --no-header --no-annotate --upgrade -o requirements/run.txt
	uv pip compile -q pyproject.toml --universal --python-version 3.11 --no-header --no-annotate --upgrade --extra test -o requirements/test.txt
	uv pip compile -q pyproject.toml --universal --python-version 3.11 --no-header --no-annotate --upgrade --extra training -o requirements/training.txt
	uv pip compile -q requirements/s3-server.in --universal --python-version 3.11 --no-header --no-annotate --upgrade -o requirements/s3-server.txt

# Of whoever made source/ a newsroom of their own, the ledger stays: its ids are nowhere else.
clean:
	rm -rf $(VENV)
	@if grep -q '^authority = "news.example,' source/site.toml; then \
	  rm -rf instance/feeds.db* instance/.feeds.db* instance/sample.db* instance/.sample.db*; \
	  rm -f source/.feeds-ledger.json; else \
	  echo "instance/ stays: source/site.toml is not the sample's any more"; fi
