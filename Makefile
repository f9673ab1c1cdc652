# Two commands matter: `make run` and `make test`. `make help` lists all.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export LAUREL_MODE ?= desk
unexport PYTHONDONTWRITEBYTECODE  # compiling Django anew for every command takes longer than most commands
PY := .venv/bin/python
STAMP := .make

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/bin/python:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Laurel needs Python 3.11 or newer."; exit 1; }
	@python3 -m venv .venv || { echo "On Debian: apt-get install python3-venv"; exit 1; }
	@.venv/bin/pip install --quiet --disable-pip-version-check uv || echo "uv is not to be had; pip will do."

$(STAMP)/runtime: requirements.txt | .venv/bin/python
	@mkdir -p $(STAMP)
	@echo "Installing what Laurel runs on …" >&2
	@if [ -x .venv/bin/uv ]; then .venv/bin/uv pip install --quiet --python $(PY) -r $<; else $(PY) -m pip install --quiet -r $<; fi
	@touch $@

$(STAMP)/dev: requirements-dev.txt $(STAMP)/runtime
	@echo "Installing what its makers use …" >&2
	@if [ -x .venv/bin/uv ]; then .venv/bin/uv pip install --quiet --python $(PY) -r $<; else $(PY) -m pip install --quiet -r $<; fi
	@touch $@

$(STAMP)/bench: requirements-bench.txt $(STAMP)/dev
	@if [ -x .venv/bin/uv ]; then .venv/bin/uv pip install --quiet --python $(PY) -r $<; else $(PY) -m pip install --quiet -r $<; fi
	@touch $@

$(STAMP)/words: $(wildcard */locale/*/LC_MESSAGES/*.po) $(STAMP)/runtime
	@$(PY) manage.py translations --compile
	@touch $@

.PHONY: help run demo test drill check format bench pin clean

run: $(STAMP)/words  ## serve http://127.0.0.1:8000 with the demo year
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py load_demo
	@(trap 'kill $$child; exit' TERM; while $(PY) manage.py work --loop & child=$$!; ! wait $$child; do sleep 1; done) & \
	  trap "kill $$!" EXIT; \
	  $(PY) manage.py runserver --insecure --noreload 127.0.0.1:8000

demo: $(STAMP)/words  ## play the year 2017 of Chuzhou into out/
	@rm -rf out
	@$(PY) manage.py run_contest demo/chuzhou-2017.xlsx --out out --key demo/demo.key

test: $(STAMP)/dev $(STAMP)/words  ## all tests, on SQLite and, where one answers, on PostgreSQL
	@$(PY) -m pytest -n auto --dist loadgroup
	@$(PY) tests/on_postgresql.py

drill: $(STAMP)/dev $(STAMP)/words  ## all tests with the long drills at full length
	@LAUREL_DRILL=1 $(PY) -m pytest -n auto --dist loadgroup

check: $(STAMP)/dev $(STAMP)/words  ## lint, format, types, templates, migrations, translations, layers
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy competition judging awards config verify
	@$(PY) -m djlint --quiet --lint templates
	@.venv/bin/lint-imports --no-cache
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) manage.py translations --check

format: $(STAMP)/dev  ## put code into its shape
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

bench: $(STAMP)/bench  ## benchmarks, each against a named alternative
	@for file in benchmarks/[a-z]*.py; do $(PY) $$file --quick || exit 1; done

pin: .venv/bin/python  ## make requirements*.txt from requirements/*.in
	@UV_CUSTOM_COMPILE_COMMAND="make pin" .venv/bin/uv pip compile -q requirements/runtime.in -o requirements.txt --python-version 3.11 --no-emit-index-url
	@UV_CUSTOM_COMPILE_COMMAND="make pin" .venv/bin/uv pip compile -q requirements/dev.in -c requirements.txt -o requirements-dev.txt --python-version 3.11 --no-emit-index-url

clean:  ## remove what was made here, but not your database
	@rm -rf $(STAMP) .venv out
