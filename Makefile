# One word does it: `make run` starts everything, `make help` lists the rest.
# PORT, BIND, DATA_DIR, STACK and MONGODB_URI are honoured, from the environment or as `make run PORT=9000`.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

local := Gateway/Deploy/local
binaries := .build/release
fuzz_seconds ?= 30
kills ?= 20

# A server that was fetched counts as installed, for whatever looks on the PATH.
export PATH := $(PATH):$(CURDIR)/.tools/mongodb

.PHONY: help run admin backup restore demo build test fuzz bench faults soak lint packages database install uninstall clean

help: ## list what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: packages build database ## build, prepare data and database, and serve until Ctrl-C
	@exec $(binaries)/set-up serve

admin: ## make or renew an admin's hand-out, one line of JSON: make admin LOGIN=root
	@$(local)/install-packages run >&2
	@$(local)/build >&2
	@$(local)/fetch-mongod >&2
	@exec $(binaries)/set-up admin "$(LOGIN)"

backup: packages build database ## make an encrypted backup (BACKUP_TARGET, else in the data directory)
	@exec $(binaries)/set-up backup

restore: packages build database ## write a backup into an empty database (BACKUP_PRIVATE_KEY, BACKUP_NAME)
	@exec $(binaries)/set-up restore $(if $(WITHOUT_ERASURES),--without-erasures)

demo: packages build database ## put in 2,000 made-up players; make demo REMOVE=1 takes them out again
	@exec $(binaries)/set-up demo $(if $(REMOVE),--remove)

build: packages ## build all programs for release
	@$(local)/build

install: ## put the built programs and a service where a server keeps them (PREFIX, DESTDIR), or upgrade what is there
	@$(local)/install

uninstall: ## take them away again; data and settings stay
	@$(local)/uninstall

test: ## build and run every test, against real processes and a real database
	@$(local)/install-packages run test
	@$(local)/build
	@$(local)/fetch-mongod
	@$(local)/make-venv
	@$(local)/run-tests

fuzz: ## feed random input to every parser, 30 s each (fuzz_seconds)
	@$(local)/install-packages run
	@$(local)/fuzz $(fuzz_seconds)

bench: ## measure against nginx, the bare hash and the machine's own limits
	@$(local)/install-packages run test bench
	@$(local)/build
	@$(local)/fetch-mongod
	@$(local)/make-venv
	@exec Tests/Benchmarks/run

faults: ## kill every process 20 times (kills) while people write, and count what is lost
	@$(local)/install-packages run test
	@$(local)/build
	@$(local)/fetch-mongod
	@$(local)/make-venv
	@exec Tests/Benchmarks/faults --kills $(kills)

soak: faults ## the same, then load everything for a long time and watch memory and errors
	@$(local)/install-packages bench
	@exec Tests/Benchmarks/soak

lint: ## check format, scripts, and what is shipped to run it elsewhere
	@$(local)/install-packages test
	@$(local)/make-venv lint
	@$(local)/lint

packages:
	@$(local)/install-packages run

database: packages
	@$(local)/fetch-mongod

clean: ## remove what was built and fetched; data stay
	@rm -rf .build .build-* .tools
