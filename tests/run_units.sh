#!/bin/sh
# usage: tests/run_units.sh PROGRAM...   Runs cmocka programs, as many at once as there are processors,
# shows what failed in the order they were given, ends with one summary line. A program that dies
# without a summary counts as one failure.
set -u
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
trap 'exit 1' INT TERM
export logs
: >"$logs/.began"
# One argument at a time: what a program's name is to the shell cannot matter.
printf '%s\0' "$@" | xargs -0 -P "$(nproc 2>/dev/null || echo 2)" -n 1 sh -c '
    log="$logs/$(basename "$1")"
    "$1" >"$log" 2>&1
    echo $? >"$log.status"' _

passed=0 failed=0 skipped=0
count() { sed -n "s/^\[  $1 *\] \([0-9]*\) test(s).*/\1/p" "$log" | head -n 1; }
for program; do
    log=$logs/$(basename "$program")
    status=$(cat "$log.status" 2>/dev/null || echo none)
    p=$(count PASSED) f=$(count FAILED) s=$(count SKIPPED)
    passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
    if [ "$status" != 0 ]; then
        echo "--- $program (exit status $status)"
        grep -v -e '^\[ RUN ' -e '^\[       OK ' "$log" | head -n 60
        [ "${f:-0}" -gt 0 ] || failed=$((failed + 1))
    fi
done
# A test writes nowhere but in directories of its own.
if [ -d site ] && [ -n "$(find site -newer "$logs/.began" | head -n 1)" ]; then
    echo "a test wrote site/, which is the owner's"
    failed=$((failed + 1))
fi
[ "$skipped" -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
