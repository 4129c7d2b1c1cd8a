#!/bin/sh
# usage: tests/scale/catalog.sh DIR TIMES   A project with the shipped catalog, its models TIMES over.
set -eu
cd "$(dirname "$0")/../.."
mkdir -p "$1"
cp -r data "$1/data"
copy=2
while [ "$copy" -le "$2" ]; do
    for model in data/models/*.json; do
        name=$(basename "$model" .json)
        sed -e "1,6s/^  \"id\": \"[^\"]*/&-copy-$copy/" -e "1,6s/^  \"name\": \"[^\"]*/& copy $copy/" \
            -e "1,6s/^  \"hf_id\": \"[^\"]*/&-copy-$copy/" -e '1,8{/^  "aliases": \[.*\],$/d}' \
            "$model" >"$1/data/models/$name-copy-$copy.json"
    done
    copy=$((copy + 1))
done
