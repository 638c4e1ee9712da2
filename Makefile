# `make` or `make help` lists the targets. Everything here sets up what it needs first.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

HOST ?= 127.0.0.1
PORT ?= 8000
IMAGES ?=
VIDEOS ?=
OUT ?=
IN ?=
REPLACE ?=
LABELS ?=
NEW ?=
DETECTOR ?= auto
BACKEND ?= wasm

# exec: no shell stays in between, so that Ctrl-C meets the server alone and make has nothing to report.
SETUP := exec env PYTHONDONTWRITEBYTECODE=1 sh scripts/with-python.sh -m scripts.setup
PY := .venv/bin/python
TRAIN_PY := .venv-train/bin/python

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

.PHONY: run
run: ## Set up, build and serve on http://localhost:8000 (PORT=8001 for another port)
	@$(SETUP) run --host $(HOST) --port $(PORT)

.PHONY: setup
setup: ## Set up for development and tests, without starting anything
	@$(SETUP) test

.PHONY: build
build: ## Build the web pages into frontend/dist
	@$(SETUP) build

.PHONY: test
test: setup ## Everything: lint, types, architecture, unit, integration, end to end in a browser
	@$(PY) -m scripts.check lint unit build e2e

.PHONY: lint
lint: setup ## Only rules, format, types and architecture
	@$(PY) -m scripts.check lint

.PHONY: unit
unit: setup ## Only unit and integration tests
	@$(PY) -m scripts.check unit

.PHONY: e2e
e2e: setup ## Only the end to end tests in a browser
	@$(PY) -m scripts.check build e2e

CAMPAIGNS ?= 100
RECYCLES ?= 1000
.PHONY: faults
faults: setup ## Processes killed at random while athletes train, and the database compared with what they were told [CAMPAIGNS=100]
	@$(PY) -m tests.faults --campaigns $(CAMPAIGNS)
	@$(PY) -m tests.faults.recycling --recycles $(RECYCLES)

FUZZ_S ?= 600
.PHONY: fuzz
fuzz: setup ## Whatever can be sent, made up for as long as you like: the API, clips, imports [FUZZ_S=600, of each]
	@$(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/fuzz.txt \
	|| echo "atheris is not to be had here: inputs come at random, not guided by coverage" >&2
	@$(PY) -m tests.fuzz.schema --seconds $(FUZZ_S)
	@$(PY) -m tests.fuzz.decoder --seconds $(FUZZ_S)
	@$(PY) -m tests.fuzz.importers --seconds $(FUZZ_S)

.PHONY: coverage
coverage: setup ## How much of the rooms the Python tests go through; fails where it is too little
	@$(PY) -m scripts.coverage

.PHONY: mutation
mutation: setup ## Whether tests notice faults made on purpose in counting, consent and ingest
	@$(PY) -m tests.mutation

.PHONY: bench
bench: setup ## Every benchmark; each ends in one JSON line
	@$(PY) -m scripts.bench

.PHONY: replay
replay: need-VIDEOS need-OUT setup build ## Real videos through the real pages: VIDEOS=DIR OUT=F.jsonl [DETECTOR=auto|posenet|movenet|thunder] [BACKEND=wasm]
	@$(PY) -m scripts.replay --videos "$(VIDEOS)" --out "$(OUT)" --detector "$(DETECTOR)" --backend "$(BACKEND)"

.PHONY: keypoints
keypoints: need-IMAGES need-OUT setup ## People in still pictures, by the browser's own pipeline: IMAGES=DIR OUT=F.jsonl
	@$(PY) -m scripts.lab keypoints --images "$(IMAGES)" --out "$(OUT)"

.PHONY: presence
presence: need-IMAGES need-OUT setup ## Whether a person is in still pictures, a probability: IMAGES=DIR OUT=F.jsonl
	@$(PY) -m scripts.lab presence --images "$(IMAGES)" --out "$(OUT)"

.PHONY: screenshots
screenshots: setup build ## Pictures of every view, narrow and wide, light and dark
	@$(PY) -m scripts.screenshots

.PHONY: train-setup
train-setup: ## Set up what training needs (Python 3.11 or 3.12)
	@export PYTHON="$(or $(PYTHON),python3.12 python3.11 python3)"; $(SETUP) train

.PHONY: train
train: train-setup ## Train the discriminator and the refiner, and write models/weights [POSES=../shared/data/poses] [LABELS=DIR of export_labels: the discriminator alone, into NEW=DIR]
	@$(TRAIN_PY) -m models.training $(if $(POSES),--poses "$(POSES)") $(if $(LABELS),--labels "$(LABELS)" --out "$(or $(NEW),$(LABELS)/weights)")
ifeq ($(LABELS),)
	@$(TRAIN_PY) -m models.refiner_training
	@$(TRAIN_PY) -m models.presence_training
endif

.PHONY: evaluate
evaluate: train-setup ## Test on people and sources not trained on; write the model card [POSES=…] [NETWORKS=DIR of trained ones] (hours without) [LABELS=DIR NEW=DIR: new weights beside those of the code]
ifneq ($(LABELS),)
	@$(TRAIN_PY) -m models.label_report --labels "$(LABELS)" --weights "$(or $(NEW),$(LABELS)/weights)" --beside models/weights
else
	@$(TRAIN_PY) -m models.crossval $(if $(POSES),--poses "$(POSES)") $(if $(NETWORKS),--networks "$(NETWORKS)")
	@$(TRAIN_PY) -m models.transfer $(if $(POSES),--poses "$(POSES)") $(if $(NETWORKS),--networks "$(NETWORKS)")
endif

.PHONY: env
env: ## Write .env for docker compose, with fresh secrets: PUBLIC_URL=https://coach.example.org
	@sh scripts/with-python.sh -m scripts.make_env "$(PUBLIC_URL)"

.PHONY: backup
backup: need-OUT ## Everything into one file, while the server runs: OUT=FILE (BACKUP_PASSPHRASE=… encrypts it)
	@$(PY) manage.py backup "$(OUT)"

.PHONY: restore
restore: need-IN ## A backup in the place of the database, with the server stopped: IN=FILE [REPLACE=1]
	@$(PY) manage.py restore "$(IN)" $(if $(REPLACE),--replace)
	@$(PY) manage.py setup --no-demo

.PHONY: rehearse
rehearse: setup ## Carry out the Dockerfile and the compose file in a folder, without an engine
	@POSECOACH_REHEARSE=1 $(PY) -m pytest tests/deployment -p no:randomly -s

.PHONY: lock
lock: ## Write the lock files in requirements/ anew from the .in files
	@sh scripts/with-python.sh -m scripts.lock

.PHONY: audit
audit: ## Ask the public databases about every locked package; says what could not be asked
	@sh scripts/with-python.sh -m scripts.audit

.PHONY: sbom
sbom: ## Write sbom.cdx.json (CycloneDX) from the lock files [OUT=F.json]
	@sh scripts/with-python.sh -m scripts.sbom $(OUT)

.PHONY: clean
clean: ## Remove what was installed and built; the database in data/ stays
	rm -rf .venv .venv-train .venv-lock .venv-audit sbom.cdx.json .setup frontend/node_modules frontend/dist frontend/public/models

# Stops with one clear line, before anything long, when a variable was not given.
need-%:
	@if [ -z "$($*)" ]; then echo "$* is missing; see make help" >&2; exit 1; fi
