#!/bin/sh
# usage: tests/fuzz/smoke.sh BUILD   Runs every fuzz target built there over its seeds, which hold
# every bad input and the start of every data file. Fails where one breaks a promise.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=$1
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT
subject=fuzz said=$seeds/.err
. tests/tally.sh
tests/fuzz/seeds.sh "$seeds" "$build/fuzz_trim" >"$seeds/.made" || { cat "$seeds/.made"; exit 1; }
for source in tests/fuzz/fuzz_*.c; do
    target=$(basename "$source" .c)
    if "$build/$target" "$seeds/${target#fuzz_}" >"$seeds/.out" 2>"$seeds/.err"; then
        ok
        echo "${target#fuzz_}: $(cat "$seeds/.out")"
    else
        bad "${target#fuzz_}"
    fi
done
tally
