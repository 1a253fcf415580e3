# Two commands do everything: `make report` and `make test`. Both install what they need into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
STAMP := $(VENV)/.installed

.PHONY: setup report test check coverage mutation lab docs bench nightly lock clean

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@awk '/^uv==/{p=1} p{if(/^[a-z0-9]/&&!/^uv==/)exit; print}' requirements.lock > $(VENV)/uv.lock
	$(PIP) --require-hashes -r $(VENV)/uv.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock \
		|| $(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@# uv leaves compiling to the first import, which never keeps it where PYTHONDONTWRITEBYTECODE is set: 3 times slower.
	@$(BIN)/python -m compileall -q -j 0 -x '/tests?/' $(VENV)/lib src > /dev/null 2>&1 || true
	@touch $(STAMP)

report: setup
	$(BIN)/fazhi report --region 鄂托克前旗 --year 2023 --lang both --out output
	$(BIN)/fazhi report --region 霁原旗 --year 2024 --out output
	$(BIN)/fazhi report --region 延庆区 --year 2024 --baseline 2023 --out output

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not nightly"

# Branch coverage of what computes; files that are covered whole are not listed.
coverage: setup
	$(BIN)/pytest -n 2 --dist loadfile -m "not nightly" --cov=fazhi_analysis.extracting --cov=fazhi_analysis.analysis \
		--cov=fazhi_analysis.dataset --cov-branch --cov-report=term-missing:skip-covered \
		tests/extracting tests/analysis tests/dataset tests/cases src/fazhi_analysis/extracting src/fazhi_analysis/analysis \
		src/fazhi_analysis/dataset

# Faults put into a copy of the code, one at a time: a test must fail. What was tried is kept in .fuzz/mutation; the same
# command goes on, and after `rm -rf .fuzz/mutation` it begins anew with the code as it then is. Annotations, caches and
# identity of literals are left out, which no test can tell from the code as it is; `make mutation MUTANTS=150` tries so many of the others of each, others with
# `SEED=9`. The rules are tried with what each text holds kept from one run of the tests, which no rule changes.
mutation: setup
	test -d .fuzz/mutation || git clone -q . .fuzz/mutation
	cd .fuzz/mutation && git checkout -q . && export PATH="$(CURDIR)/$(BIN):$$PATH" PYTHONPATH="$$PWD/src" \
		PYTHONDONTWRITEBYTECODE=1 tool="uv tool run -q --from cosmic-ray" && \
	for name in intervals numerals rules; do \
		loaded="fazhi_analysis.reading.reader fazhi_analysis.catalogue"; \
		test $$name != rules || loaded="$$loaded fazhi_analysis.extracting -- -q -p no:cacheprovider --ignore=tests/analysis/audit/test_detection.py tests/analysis/audit"; \
		rm -f tests.sock; python tools/mutation/forked.py serve tests.sock $$loaded > /dev/null & server=$$!; \
		trap "kill $$server" EXIT; while kill -0 $$server && ! test -S tests.sock; do sleep 1; done; \
		test -f $$name.sqlite || { $$tool cosmic-ray init tools/mutation/$$name.toml $$name.sqlite; \
			python tools/mutation/equivalent.py $$name.sqlite $(MUTANTS) $(SEED); }; \
		$$tool cosmic-ray baseline tools/mutation/$$name.toml || exit 1; \
		$$tool cosmic-ray exec tools/mutation/$$name.toml $$name.sqlite; \
		$$tool cr-report --show-output $$name.sqlite | tail -4; kill $$server; done; trap - EXIT

lab: setup
	$(BIN)/fazhi lab

docs: setup
	$(BIN)/python tools/build_site.py

bench: setup
	for script in benchmarks/bench_*.py benchmarks/batch.py; do $(BIN)/python $$script || exit 1; done

nightly: setup
	$(BIN)/pytest -n 2 -m nightly
	-$(MAKE) coverage
	-timeout 4h $(MAKE) mutation
	@# Known faults of what we depend on; where there is no network there is no answer, which is no failure.
	-$(BIN)/uv tool run pip-audit --disable-pip --require-hashes -r requirements.lock

lock:
	$(BIN)/python -m uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --all-extras --group dev --output-file requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) output build dist
