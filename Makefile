PORT ?= 8501
PYTHON ?= python3
export PYTHON
SERVER = deploy/requirements-server.txt

.PHONY: siap siap-server siap-uji run tautan test bench check lock bersih

siap: .venv/siap
siap-server: .venv/siap-server
siap-uji: .venv/siap-uji
run: .venv/siap
	@.venv/bin/petadini jalankan --port $(PORT)
tautan: .venv/siap
	@.venv/bin/petadini tautan --port $(PORT)
test: .venv/siap-uji
	.venv/bin/pytest --numprocesses auto --dist loadfile
bench: .venv/siap-uji
	.venv/bin/pytest -m bench tests/bench -s
check: .venv/siap-uji
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy

# Three sets of packages, each with the one before it: what the product needs, what a shared store needs, what tests
# and checks need. Whoever has a larger one keeps it: its stamp stands for the smaller ones.
.venv/siap: requirements.txt pyproject.toml
	@.ci/siapkan $(if $(wildcard .venv/siap-uji),requirements-dev.txt,$(if $(wildcard .venv/siap-server),$(SERVER),requirements.txt))
	@touch .venv/siap
.venv/siap-server: $(SERVER) requirements.txt pyproject.toml
	@.ci/siapkan $(if $(wildcard .venv/siap-uji),requirements-dev.txt,$(SERVER))
	@touch .venv/siap .venv/siap-server
.venv/siap-uji: requirements-dev.txt requirements.txt pyproject.toml
	@.ci/siapkan requirements-dev.txt
	@touch .venv/siap .venv/siap-server .venv/siap-uji

# Renew the three locks after a change in pyproject.toml; they name no package index, and share every version.
COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate pyproject.toml --extra setup
lock: .venv/siap-uji
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --extra server --constraint requirements.txt --output-file $(SERVER)
	$(COMPILE) --extra server --extra test --constraint $(SERVER) --output-file requirements-dev.txt

bersih:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
