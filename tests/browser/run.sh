#!/bin/sh
# usage: tests/browser/run.sh [SITE_DIR [PART...]]
# Looks at a built site as browsers, validators and readers do. One line a check, "N passed, N
# failed" at the end. Installs its tools from npm when they are missing; without SITE_DIR that is all.
set -eu
[ $# -eq 0 ] || { site=$(cd "$1" && pwd) && shift; }
cd "$(dirname "$0")"
if [ ! -d node_modules/playwright-core ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 PUPPETEER_SKIP_DOWNLOAD=1
    # Not `npm ci`: a dependency asks for "latest" of another, which no lock file satisfies for long.
    npm install --no-save --no-audit --no-fund --loglevel=error >&2
fi
[ -z "${site:-}" ] || exec node check.mjs "$site" "$@"
