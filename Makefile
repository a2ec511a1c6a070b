# The verbs of this repository. CI runs `make ci`.

# Random tests print their seed when they fail. Here it is always the same; RAPID_SEED=0 takes another one each time.
export RAPID_SEED ?= 1

# Pinned, and built from source through the Go module proxy; the build cache keeps the binary.
GOLANGCI_LINT = go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

# Modules beside the main one: tools that only our own checks use, kept out of the module graph of whoever uses errspec.
NESTED = $(patsubst %/go.mod,%,$(wildcard gen/*/go.mod))

.PHONY: help
help: ## list all targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: regen
regen: ## regenerate generated/ from catalog.yaml, as configured in .errspec.yaml
	go run ./gen/errspec generate

.PHONY: update
update: ## accept new goldens, runtime tables, the template's page and console output in the docs (then run make regen)
	go test ./gen/internal/emit/gocode ./gen/internal/emit/typescript ./gen/internal/emit/python -run RuntimeFolder -update
	go test ./gen/internal/pipeline -run Golden -update
	go test ./gen/internal/pagetemplate ./gen/internal/rule -update
	go test ./gen/errspec -run Documents -update

.PHONY: test
test: ## run the tests that every change needs (a minute on two cores)
	go test ./...

.PHONY: check
check: fmt tidy lint test race slow nested ## everything that needs only Go (make -j2 runs parts in parallel)

.PHONY: ci
ci: fmt tidy lint test race slow outputs ## everything that CI runs: make check, and the checks that need other programs

.PHONY: fmt
fmt: ## fail if a Go file is not formatted
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "not formatted: run gofmt -w on"; echo "$$unformatted"; exit 1; }

.PHONY: tidy
tidy: ## fail if go.mod or go.sum is not tidy, or a module was changed since it was downloaded
	go mod tidy -diff
	go mod verify
	@for dir in $(NESTED); do go -C $$dir mod tidy -diff && go -C $$dir mod verify || exit 1; done

.PHONY: lint
lint: ## vet (for Windows, too) and lint, in all modules
	go vet -tags slow ./...
	GOOS=windows go vet ./...
	$(GOLANGCI_LINT) run --build-tags slow ./...
	@for dir in $(NESTED); do (cd $$dir && $(GOLANGCI_LINT) run --build-tags tools ./...) || exit 1; done

# The packages that start goroutines or share something between them. The race detector finds nothing in the others.
RACE = $(addprefix ./,$(shell grep -rlE '\bgo func|\.Go.func|"sync"|"sync/atomic"' --include=*.go --exclude=*_test.go --exclude-dir=testdata \
	--exclude-dir=checks --exclude-dir=bench --exclude-dir=errspec gen generated | xargs -n1 dirname | sort -u))

.PHONY: race
race: ## run the tests of packages with goroutines under the race detector
	RAPID_CHECKS=10 go test -race $(RACE)
	go test -race -run TestScript/serve ./gen/errspec

.PHONY: slow
slow: ## run the slow tests of the main module: those that need the Go toolchain, thousands of processes or thousands of texts
	go test -tags slow -run '^TestSlow' ./gen/errspec ./gen/internal/pipeline ./gen/internal/emit/gocode

.PHONY: nested
nested: ## vet and test the nested modules: the checks from outside, by subject
	@for dir in $(NESTED); do go -C $$dir vet ./... && go -C $$dir test -timeout 30m ./... || exit 1; done

.PHONY: npm
npm: ## install the npm packages that make outputs needs
	@for manifest in $(wildcard gen/checks/*/package.json gen/checks/clients/*/package.json gen/checks/schemas/*/package.json); do \
		npm ci --no-audit --no-fund --prefix $$(dirname $$manifest) || exit 1; \
	done

.PHONY: outputs
outputs: npm ## make nested, and check the outputs with other people's tools (needs the programs that .ci/run installs)
	go -C gen/checks vet -tags tools ./...
	go -C gen/checks test -tags tools -timeout 30m ./...

SHOTS =

.PHONY: sites
sites: ## build real Hugo, MkDocs and Docusaurus sites of our pages (needs hugo, mkdocs and mkdocs-material; SHOTS=DIR takes pictures with chromium)
	npm ci --no-audit --no-fund --prefix gen/checks/renderers/docusaurus
	go -C gen/checks test -tags sites -run Sites -v -timeout 30m ./renderers $(if $(SHOTS),-shots $(abspath $(SHOTS)))

.PHONY: bench
bench: ## measure against the targets, into gen/BENCHMARKS.md (after make npm; half an hour or more; needs python3)
	go run ./gen/bench -update gen/BENCHMARKS.md

MUTANTS = 20000

.PHONY: mutants
mutants: ## compile MUTANTS (20000) mutated catalogs; CATALOGS=DIR adds catalogs to mutate
	go -C gen/checks test ./hostile -run Mutants -v -timeout 4h -mutants $(MUTANTS) $(if $(CATALOGS),-catalogs $(abspath $(CATALOGS)))

COMPOSED = 3000
SEED = 1

.PHONY: composed
composed: ## compile and run COMPOSED (3000) catalogs made from the format's definition; SEED (1) chooses which
	go -C gen/checks test ./hostile -run Composed -v -timeout 12h -composed $(COMPOSED) -seed $(SEED)

GROWTH = .

.PHONY: growth
growth: ## print how time and memory grow with a catalog's size, for each command; GROWTH=REGEXP chooses, such as "codes, lint" (all take hours)
	go -C gen/checks test ./growth -run 'TestGrowthTable$$' -v -timeout 12h -growth '$(GROWTH)'

COMPOSITIONS = 5000

.PHONY: compositions
compositions: ## look for slow Markdown among COMPOSITIONS (5000) random texts
	go -C gen/checks test ./growth -run Compositions -v -timeout 4h -compositions $(COMPOSITIONS)

KILLS = 400

.PHONY: kills
kills: ## kill KILLS (400) runs of generate at random moments; SEED (1) chooses which
	go -C gen/checks test ./faults -run 'TestKill$$' -v -timeout 4h -kills $(KILLS) -seed $(SEED)

# PEERS='-from zederr=DIR -from kratos=DIR' builds them from checkouts, where the proxy does not serve
# their modules; '-rounds 3 -quick' is faster. kratos needs protoc.
.PHONY: peers
peers: ## run other generators on the same codes, into gen/BENCHMARKS.md
	go run ./gen/bench/peers -update gen/BENCHMARKS.md $(PEERS)

# Without https://vuln.go.dev it fails, and says nothing about us.
.PHONY: vuln
vuln: ## look for known vulnerabilities in our dependencies (needs https://vuln.go.dev)
	go run golang.org/x/vuln/cmd/govulncheck@v1.1.4 ./...

.PHONY: release-check
release-check: ## build a release of the last commit in dist/, without publishing it
	go run github.com/goreleaser/goreleaser/v2@v2.8.2 check
	go run github.com/goreleaser/goreleaser/v2@v2.8.2 release --snapshot --clean

# Two builds that share no folder and no cache. What is built are the files of the last commit.
.PHONY: reproducible
reproducible: ## fail if two builds of the same source differ
	@set -e; dir=$$(mktemp -d); trap 'chmod -R u+w "$$dir"; rm -rf "$$dir"' EXIT; \
	for n in one two; do \
		mkdir -p "$$dir/$$n/src"; git archive HEAD | tar -x -C "$$dir/$$n/src"; \
		(cd "$$dir/$$n/src" && GOCACHE="$$dir/$$n/cache" CGO_ENABLED=0 go build -trimpath -buildvcs=false -o "$$dir/$$n/errspec" ./gen/errspec); \
	done; \
	cmp "$$dir/one/errspec" "$$dir/two/errspec"; sha256sum "$$dir/one/errspec" | cut -d' ' -f1

.PHONY: picture
picture: ## take the README's screenshot of generated/html (needs chromium)
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-color-profile=srgb \
		--window-size=1200,640 --screenshot="$(CURDIR)/gen/docs/page.png" \
		"file://$(CURDIR)/generated/html/index.html?q=Agent%20not%20found%20for%20code:%20A91XMB7113"

FUZZTIME = 30s

.PHONY: fuzz
fuzz: ## fuzz every target, in all modules, for FUZZTIME (30s)
	@for dir in . $(NESTED); do \
		go -C $$dir list ./... | while read -r pkg; do \
			for target in $$(go -C $$dir test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
				go -C $$dir test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1s $$pkg || exit 1; \
			done; \
		done || exit 1; \
	done
