#!/bin/sh
# usage: tests/fault/check.sh TALLYPRESS   What happens when the machine fails: full devices, calls
# that fail one by one, kills at any moment, two builds at once. After each the site is the old one
# or the new one, whole, and the exit status says what happened.
set -u
cd "$(dirname "$0")/../.." || exit 1
subject=fault
. tests/fault/trial.sh
expect() { # STATUS WHAT COMMAND...
    want=$1 what=$2
    shift 2
    "$@" >"$work/out" 2>"$work/err"
    got=$?
    [ "$got" -eq "$want" ] && ok || { bad "$what: exit status $got, not $want"; head -n 3 "$work/err"; }
}

# A small project, and two versions of its site.
"$tallypress" init "$work/p" >/dev/null || exit 1
mkdir -p "$work/p/data/models"
cp data/models/llama-2-7b.json "$work/p/data/models/"
build() { "$tallypress" build --project "$work/p" --pdf none --quiet "$@"; }
expect 0 "first build" build --out "$work/old"
# A price: some pages are made again, others kept.
sed -i "s/,55\\.04,/,54.04,/" "$work/p/data/prices/offers.csv"
cp "$work/p/data/site.json" "$work/site.json"
expect 0 "second build" build --out "$work/new"
diff -rq "$work/old" "$work/new" >/dev/null && bad "the two sites should differ"

# The owner has files in it, and a folder.
for site in old new; do
    mkdir "$work/$site/owners"
    echo mine | tee "$work/$site/owner.txt" >"$work/$site/owners/own.txt"
done

reset() { # the old site, with the file of the owner's
    rm -rf "$work/try" && mkdir "$work/try" && cp -r "$work/old" "$work/try/site"
}
is() { # SITE: the site on trial is SITE, the owner's file is as it was
    # Not the manifest: it lacks the fingerprint where the program could not read itself.
    diff -rq -x .tallypress-manifest "$work/try/site" "$1" >/dev/null 2>&1
}
nothing_beside() { [ "$(ls -A "$work/try")" = site ]; }

# A full device under the answer.
if [ -w /dev/full ]; then
    for command in "--version" "--help" "estimate --help" "params data/models/llama-2-7b.json" \
        "estimate --model llama-2-7b --gpu h100-sxm"; do
        # shellcheck disable=SC2086
        expect 3 "$command > /dev/full" sh -c "'$tallypress' $command >/dev/full"
        grep -q '\[io-stdout\]' "$work/err" && ok || bad "$command > /dev/full: not said"
    done
    reset
    expect 3 "build > /dev/full" sh -c "'$tallypress' build --project '$work/p' --pdf none \
        --out '$work/try/site' >/dev/full"
fi

# Places that cannot be written. Root may write anywhere: drop to nobody.
as_nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups -- "$@"; }
[ "$(id -u)" -eq 0 ] || as_nobody() { "$@"; }
reset
chmod 711 "$work"
chmod -R a+rX "$work/p" "$work/try"
chmod 555 "$work/try" "$work/try/site"
expect 3 "unwritable directory" as_nobody "$tallypress" build --project "$work/p" --pdf none \
    --out "$work/try/site"
chmod 755 "$work/try" "$work/try/site"
is "$work/old" && ok || bad "unwritable directory: the old site is not whole"
expect 3 "out is a file" build --out "$work/p/data/site.json"
expect 3 "out below a file" build --out "$work/p/data/site.json/x"
expect 3 "out is a device" build --out /dev/null

# Bad input leaves the old site, and says where.
reset
echo '{"title": 1' >"$work/p/data/site.json"
expect 1 "bad input" build --out "$work/try/site"
grep -q 'site.json:[0-9]*:[0-9]*: error: \[' "$work/err" && ok || bad "bad input: no place said"
is "$work/old" && nothing_beside && ok || bad "bad input: the old site is not whole"
cp "$work/site.json" "$work/p/data/site.json"

# Each call fails in turn: full disk, i/o errors, refusals.
make_faults
build_with_fault() { # CALL AT ERRNO
    durable=
    [ "$1" != syncfs ] || durable=--durable
    with_fault "$@" "$tallypress" build --project "$work/p" --pdf none --quiet --jobs 2 $durable \
        --out "$work/try/site"
}
with_fault read 1 5 "$tallypress" check --project "$work/p"
grep -q '\[io-read\]' "$work/err" && ok || bad "a file that cannot be read: $(head -n 1 "$work/err")"
calls=""
trial() { # CALL AT ERRNO: must be refused and named, or succeed in spite of it
    reset
    build_with_fault "$1" "$2" "$3" || return 1
    if [ "$got" -eq 0 ] && is "$work/new"; then
        ok
    elif [ "$got" -eq 3 ] && [ -s "$work/err" ] && ! grep -q '^:' "$work/err" && { is "$work/old" || is "$work/new"; }; then
        ok
    else
        bad "$1 number $2 fails with $3: exit status $got, site $(is "$work/old" && echo old)$(
            is "$work/new" && echo new): $(head -n 1 "$work/err")"
    fi
    with_no_fault=$(build --out "$work/try/site" 2>&1) && is "$work/new" && nothing_beside && ok ||
        bad "after $1 number $2: the next build does not heal: $with_no_fault"
}
# Calls of the small build until there is no n-th: the first dozen and then ever sparser ones; with
# FAULT_ALL=1 in the environment every one.
next() {
    if [ -n "${FAULT_ALL:-}" ] || [ $at -lt 12 ]; then at=$((at + 1)); else at=$((at + at / 3)); fi
}
for fault in "write 28" "write 5" "create 28" "create 13" "mkdirat 28" "mkdir 13" "close 5" "linkat 5" \
    "linkat 1" "renameat2 22" "renameat2 5" "renameat 28" "unlinkat 5" "rename 5" "open 5" "openat 5" \
    "read 5" "mmap 12" "flock 9" "syncfs 5" "fstat 5" "stat 5" "opendir 5" "fdopendir 12" "readdir 5" \
    "realpath 5" "pthread_create 11"; do
    at=1
    # shellcheck disable=SC2086
    while trial ${fault% *} $at ${fault#* }; do next; done
    calls="$calls ${fault% *}:$at"
done
# A folder that is not read to its end is not thought to hold no more.
from=owners
for at in 1 2 3; do trial readdir $at 5; done
from=
echo "failed one by one:$calls"

# Memory: every call of a reader, and calls all over a build.
without_memory() { # CALL AT COMMAND...: refused in words, never a crash
    call=$1 at=$2
    shift 2
    with_fault "$call" "$at" 12 "$@" || return 1
    { [ $got -eq 3 ] && [ -s "$work/err" ]; } || [ $got -eq 0 ] && ok ||
        bad "$call number $at fails in $4: exit status $got"
}
build_without_memory() { # CALL AT
    reset
    without_memory "$1" "$2" "$tallypress" build --project "$work/p" --pdf models --quiet \
        --jobs 2 --out "$work/try/site" || return 1
    { is "$work/old" || is "$work/reports"; } && ok ||
        bad "$1 number $2 fails in a build: the site is neither old nor new"
    # The old site may not be got rid of any more: that is said, and left to the next build.
    nothing_beside || grep -q 'site.tallypress-stage: error: ' "$work/err" && ok ||
        bad "$1 number $2 fails in a build: something is beside the site, and nothing said"
    nothing_beside || { build --out "$work/try/site" && nothing_beside; } && ok ||
        bad "$1 number $2 fails in a build: the next build does not tidy up"
}
mkdir "$work/readers"
"$tallypress" build --project "$work/p" --pdf models --quiet --out "$work/reports" || exit 1
cp -r "$work/new/owner.txt" "$work/new/owners" "$work/reports/"
cp data/models/llama-2-7b.json "$work/readers/params"
for call in malloc calloc realloc; do
    at=1
    while without_memory $call $at "$tallypress" params "$work/readers/params"; do next; done
    at=1
    while without_memory $call $at "$tallypress" check --project "$work/p"; do next; done
    at=1
    while build_without_memory $call $at; do next; done
    # The last ones come when the new site stands and the old one is removed.
    reset
    with_fault none 0 0 "$tallypress" build --project "$work/p" --pdf models --quiet --jobs 2 \
        --out "$work/try/site"
    at=$(awk -v call=$call '$1 == call {print ($2 > 16 ? $2 - 15 : 1)}' "$work/reached")
    while build_without_memory $call "$at"; do at=$((at + 1)); done
done

# Killed at chosen calls and at any moment: old or new, whole; the next build heals.
left_old=0
killed() { # WHAT
    { is "$work/old" || is "$work/new"; } && ok || bad "$1: the site is neither old nor new"
    build --out "$work/try/site" 2>/dev/null && is "$work/new" && nothing_beside && ok ||
        bad "$1: the next build does not heal"
}
for call in create linkat renameat2 unlinkat write; do
    for at in 1 2 30 100; do
        reset
        build_with_fault $call $at kill || break
        killed "killed at $call number $at"
    done
done
kills=0 seed=7
while [ $kills -lt 200 ]; do
    reset
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    delay=$(printf '0.%04d' $((seed / 65536 % 1500)))
    # Not the function: the signal must reach the program, not a shell around it.
    "$tallypress" build --project "$work/p" --pdf none --quiet --out "$work/try/site" 2>/dev/null &
    pid=$!
    sleep "$delay"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    is "$work/old" && left_old=$((left_old + 1))
    killed "killed after $delay s"
    kills=$((kills + 1))
done
echo "killed 200 times: $left_old times the old site stood, else the new"

# A signal cleans up after itself.
for signal in INT TERM HUP; do
    reset
    # Not the function: the signal must reach the program, not a shell around it.
    "$tallypress" build --project "$work/p" --pdf none --quiet --out "$work/try/site" 2>/dev/null &
    pid=$!
    sleep 0.05
    kill -$signal $pid 2>/dev/null
    wait $pid 2>/dev/null
    { is "$work/old" || is "$work/new"; } && nothing_beside && ok ||
        bad "SIG$signal: $(ls -A "$work/try")"
done

# Two builds at once.
reset
build --out "$work/try/site" 2>"$work/one" &
first=$!
build --out "$work/try/site" 2>"$work/two"
second=$?
wait $first
{ [ $? -eq 0 ] && [ $second -eq 0 ]; } && is "$work/new" && nothing_beside && ok ||
    bad "two builds at once"

tally
