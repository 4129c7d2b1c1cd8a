#!/bin/sh
# usage: tests/run_units.sh PROGRAM...   Runs cmocka programs, shows what failed, ends with one
# summary line. A program that dies without a summary counts as one failure.
passed=0 failed=0 skipped=0
log=$(mktemp)
began=$(mktemp)
trap 'rm -f "$log" "$began"' EXIT INT TERM
count() { sed -n "s/^\[  $1 *\] \([0-9]*\) test(s).*/\1/p" "$log" | head -n 1; }
for program in "$@"; do
    "$program" >"$log" 2>&1
    status=$?
    p=$(count PASSED) f=$(count FAILED) s=$(count SKIPPED)
    passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
    if [ "$status" -ne 0 ]; then
        echo "--- $program (exit status $status)"
        grep -v -e '^\[ RUN ' -e '^\[       OK ' "$log" | head -n 60
        [ "${f:-0}" -gt 0 ] || failed=$((failed + 1))
    fi
done
# A test writes nowhere but in directories of its own.
if [ -d site ] && [ -n "$(find site -newer "$began" | head -n 1)" ]; then
    echo "a test wrote site/, which is the owner's"
    failed=$((failed + 1))
fi
[ "$skipped" -eq 0 ] || echo "$skipped skipped"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
