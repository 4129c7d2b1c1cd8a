#!/bin/sh
# usage: sh cluster/parallel.sh [PARTS]   The site in parts with GNU parallel, then joined in public/.
# With --sshlogin in PARALLEL, and the project on a file system all machines see, the parts are made
# on other machines. OPTIONS: more of `tallypress build`; the same for parts and merge.
set -eu
parts=${1:-8}
seq "$parts" | parallel --halt now,fail=1 --jobs "${JOBS:-2}" \
    tallypress build --project . --quiet ${OPTIONS:-} --jobs 1 --shard "{}/$parts" \
    --out "${PARTS:-parts}/{}"
# shellcheck disable=SC2086
tallypress build --project . ${OPTIONS:-} --out "${OUT:-public}" --merge "${PARTS:-parts}"/*
