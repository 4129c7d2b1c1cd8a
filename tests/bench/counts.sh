#!/bin/sh
# usage: tests/bench/counts.sh [--update]
# Instructions of each hot path under callgrind, per item, against tests/bench/counts.tsv: times
# depend on the machine and its load, counts on the program, the compiler and the C library only.
# A line a path; exit status 1 when one takes over TOLERANCE percent more (default 5). --update
# writes the file anew. Needs valgrind.
. "$(dirname "$0")/common.sh"
TOLERANCE=${TOLERANCE:-5}
COUNTS=$BENCH_DIR/counts.tsv
command -v valgrind >/dev/null || { echo "bench: apt-get install valgrind" >&2; exit 3; }
mkdir -p "$WORK"
cd "$ROOT" || exit 3

rm -f "$WORK"/counts.out*
valgrind --tool=callgrind --toggle-collect=hot_path --dump-after=hot_path \
    --callgrind-out-file="$WORK/counts.out" "$ROOT/build/bench_paths" >"$WORK/counts.log" 2>&1 || {
    tail -5 "$WORK/counts.log" >&2
    exit 3
}
number=0
"$ROOT/build/bench_paths" list | while read -r name items; do
    number=$((number + 1))
    awk -v name="$name" -v items="$items" '/^totals:/ { printf "%s\t%.0f\n", name, $2 / items }' \
        "$WORK/counts.out.$number"
done >"$WORK/counts.new"

if [ "${1:-}" = --update ]; then
    { printf '# path\tinstructions an item; %s\n' "$(cc --version | head -1)"; cat "$WORK/counts.new"; } >"$COUNTS"
fi
awk -F'\t' -v tolerance="$TOLERANCE" '
/^#/ { next }
FNR == NR { was[$1] = $2; next }
FNR == 1 { printf "%-16s %14s %14s %9s\n", "instructions", "written down", "now", "change" }
!($1 in was) { printf "%-16s %14s %14d %9s  new\n", $1, "", $2, ""; next }
{
    change = 100 * ($2 / was[$1] - 1)
    verdict = change > tolerance ? "SLOWER" : change < -tolerance ? "faster" : "same"
    slower += change > tolerance
    printf "%-16s %14d %14d %+8.1f%%  %s\n", $1, was[$1], $2, change, verdict
}
END { exit slower > 0 }' "$COUNTS" "$WORK/counts.new"
