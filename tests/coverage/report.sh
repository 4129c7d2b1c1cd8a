#!/bin/sh
# usage: tests/coverage/report.sh BUILD [uncovered]   Reads the counts that a build with --coverage
# left and prints lines and branches of src/ covered, file by file where something is missing, and
# in all. With "uncovered" also each line not reached.
set -eu
cd "$(dirname "$0")/../.." || exit 1
build=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$PWD/src" "$work/src"
# A source that no run loaded has no counts: its note alone makes all of it unreached.
for note in $(find "$build/src" -name '*.gcno' | sort); do
    (cd "$work" && gcov -b -c -r -o "${note%/*}" "$note" >/dev/null 2>&1)
done
grep -l '^ *-: *0:Source:src/' "$work"/*.gcov | sort | xargs awk -v want="${2:-}" '
    FNR == 1 {file = $0; sub(/.*Source:/, "", file)}
    /^ *-:/ {next}
    /^branch/ {branches[file]++; if ($0 ~ /taken 0|never executed/) missed[file]++; next}
    /^(call|function)/ {next}
    {
        split($0, part, ":"); count = part[1]; gsub(/ /, "", count)
        lines[file]++
        if (count ~ /^(#####|=====)/) {
            unreached[file]++
            if (want == "uncovered") {text = $0; sub(/^[^:]*: */, "", text); print file ":" text}
        }
    }
    END {
        for (f in lines) {
            l += lines[f]; u += unreached[f]; b += branches[f]; m += missed[f]
            printf "%s %d %d %d %d\n", f, lines[f], unreached[f], branches[f], missed[f] | "sort"
        }
        close("sort")
        printf "lines %.2f %% of %d, branches %.2f %% of %d\n", 100 * (l - u) / l, l, 100 * (b - m) / b, b
    }'
