PORT ?= 8501
PYTHON ?= python3
export UV_COMPILE_BYTECODE = 1

.PHONY: siap run test bench check lock bersih

siap: .venv/siap
run: .venv/siap
	@.venv/bin/petadini jalankan --port $(PORT)
test: .venv/siap
	.venv/bin/pytest --numprocesses auto --dist loadfile
bench: .venv/siap
	.venv/bin/pytest -m bench tests/bench -s
check: .venv/siap
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy

.venv/siap: requirements.txt pyproject.toml
	@echo "Menyiapkan lingkungan Python (sekali saja, beberapa menit) ..."
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check uv
	@.venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes requirements.txt
	@.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
	@touch .venv/siap

# Renew requirements.txt after a change in pyproject.toml; names no package index.
lock:
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --extra test --generate-hashes \
		--no-emit-index-url --no-header --no-annotate pyproject.toml --output-file requirements.txt

bersih:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
