#!/bin/sh
# usage: tests/coverage/run.sh [uncovered]   Builds with gcov, runs the unit tests and every command as
# a user does, and reports lines and branches of src/ (tests/coverage/report.sh). Fails below the
# floor: lines 95 %, branches 85 %.
set -u
cd "$(dirname "$0")/../.." || exit 1
build=build/cov
make -s -j"$(nproc)" BUILD=$build CC=gcc CFLAGS="-O0 -g -DCOVERAGE" SAN="--coverage" all >/dev/null || exit 1
find $build -name '*.gcda' -delete
make -s BUILD=$build CC=gcc CFLAGS="-O0 -g -DCOVERAGE" SAN="--coverage" test || exit 1
tests/coverage/commands.sh $build/tallypress >$build/commands.log 2>&1
tests/fault/hostile.sh "$build/tallypress" | tail -n 1
tests/coverage/report.sh $build "${1:-}" | tee $build/coverage
tail -n 1 $build/coverage | awk '{exit !($2 >= 95 && $7 >= 85)}'
