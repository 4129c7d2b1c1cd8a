#!/bin/sh
# usage: tests/valgrind.sh PROGRAM...   Runs each program under valgrind's memcheck: no invalid read or
# write, no use of what was never set, nothing definitely lost, in it and in the processes it forks.
# One line a program with its CPU seconds. Needs valgrind. Of the two hundred commands that
# command_effects_test compares, seven CPU minutes here, every eighth; EVERY=1 for all.
set -u
command -v valgrind >/dev/null || { echo "valgrind: apt-get install valgrind" >&2; exit 3; }
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
export logs SLOWED=50 MUTATION_SECONDS=60 EVERY="${EVERY:-8}"

printf '%s\n' "$@" | xargs -P "$(nproc)" -I PROGRAM sh -c '
    name=$(basename "PROGRAM")
    valgrind -q --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \
        --error-exitcode=99 --log-file="$logs/$name.%p" "PROGRAM" >"$logs/$name.out" 2>&1
    status=$?
    times >"$logs/$name.times"
    echo "$name $status $(sed -n "2s/ .*//p" "$logs/$name.times")" >"$logs/$name.status"'
passed=0 failed=0
for program; do
    name=$(basename "$program")
    read -r _ status cpu <"$logs/$name.status"
    # Of its children too, whose status nobody sees; without remarks on Landlock's system calls.
    said=$(cat "$logs/$name".[0-9]* | grep '^==')
    if [ "$status" -eq 0 ] && [ -z "$said" ]; then
        passed=$((passed + 1))
        echo "clean   $name  $cpu"
    else
        failed=$((failed + 1))
        echo "FAILED  $name (exit status $status)"
        grep -e '^\[  ERROR' -e '^\[   LINE' "$logs/$name.out"
        echo "$said" | head -n 40
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
