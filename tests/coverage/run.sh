#!/bin/sh
# usage: tests/coverage/run.sh [uncovered]   Builds with gcov, runs the unit tests and every command as
# a user does, and reports lines and branches of src/ (tests/coverage/report.sh); what is not reached
# stands in build/cov/uncovered, and why in reasons.tsv. Fails below the floor (lines 95 %, branches
# 85 %) or where a file of ten lines not reached has no reason.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=build/cov
make -s -j"$(nproc)" BUILD=$build CC=gcc CFLAGS="-O0 -g -DCOVERAGE" SAN="--coverage" all >/dev/null || exit 1
find $build -name '*.gcda' -delete
make -s BUILD=$build CC=gcc CFLAGS="-O0 -g -DCOVERAGE" SAN="--coverage" test || exit 1
tests/coverage/commands.sh $build/tallypress >$build/commands.log 2>&1
tests/fault/hostile.sh "$build/tallypress" | tail -n 1
tests/coverage/report.sh $build uncovered >$build/uncovered # each line not reached, and every file
grep -v ':' $build/uncovered >$build/coverage
[ "${1:-}" = uncovered ] && cat $build/uncovered || tail -n 1 $build/coverage
# A file of which much is not reached has a reason.
awk -v least=10 'NR == FNR {reason[$1] = 1; next} NF == 5 && $3 >= least && !($1 in reason) {
    print "coverage: " $1 ": " $3 " lines are not reached, and tests/coverage/reasons.tsv does not say why"; bad = 1
} END {exit bad}' tests/coverage/reasons.tsv $build/coverage || exit 1
tail -n 1 $build/coverage | awk '{exit !($2 >= 95 && $7 >= 85)}'
