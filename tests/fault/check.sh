#!/bin/sh
# usage: tests/fault/check.sh TALLYPRESS   What happens when the machine fails: full devices, calls
# that fail one by one, kills at any moment, two builds at once. After each the site is the old one
# or the new one, whole, and the exit status says what happened.
set -u
cd "$(dirname "$0")/../.." || exit 1
tallypress=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    echo "fault: $*"
}
expect() { # STATUS WHAT COMMAND...
    want=$1 what=$2
    shift 2
    "$@" >"$work/out" 2>"$work/err"
    got=$?
    [ "$got" -eq "$want" ] && ok || { bad "$what: exit status $got, not $want"; head -n 3 "$work/err"; }
}

# A small project, and two versions of its site.
mkdir -p "$work/p"
cp -r data "$work/p/data"
find "$work/p/data/models" -name '*.json' ! -name 'llama-2-7b*' -delete
rm -rf "$work/p/data/benchmarks/"*
build() { "$tallypress" build --project "$work/p" --pdf none --quiet "$@"; }
expect 0 "first build" build --out "$work/old"
sed 's/"title": *"/&Changed /' "$work/p/data/site.json" >"$work/site.json"
cp "$work/p/data/site.json" "$work/site.json.old"
cp "$work/site.json" "$work/p/data/site.json"
expect 0 "second build" build --out "$work/new"
diff -rq "$work/old" "$work/new" >/dev/null && bad "the two sites should differ"

reset() { # the old site, with a file of the owner's
    rm -rf "$work/try" && mkdir "$work/try" && cp -r "$work/old" "$work/try/site" &&
        echo mine >"$work/try/site/owner.txt"
}
is() { # SITE: the site on trial is SITE and the owner's file, nothing lies beside it
    cp "$work/try/site/owner.txt" "$1/owner.txt" 2>/dev/null
    diff -r "$work/try/site" "$1" >/dev/null 2>&1
    same=$?
    rm -f "$1/owner.txt"
    return $same
}
nothing_beside() { [ "$(ls -A "$work/try")" = site ]; }

# A full device under the answer.
if [ -w /dev/full ]; then
    for command in "--version" "--help" "estimate --help" "params data/models/llama-2-7b.json" \
        "estimate --model llama-2-7b --gpu h100-sxm"; do
        # shellcheck disable=SC2086
        expect 3 "$command > /dev/full" sh -c "'$tallypress' $command >/dev/full"
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
library="$work/fault.so"
${CC:-cc} -O1 -shared -fPIC -D_GNU_SOURCE -o "$library" tests/fault/fault.c -ldl || exit 1
with_fault() { # CALL AT ERRNO
    rm -rf "$work/reached"
    FAULT_CALL=$1 FAULT_AT=$2 FAULT_ERRNO=$3 FAULT_MARK="$work/reached" LD_PRELOAD="$library" \
        "$tallypress" build --project "$work/p" --pdf none --quiet --jobs 2 --out "$work/try/site" \
        >"$work/out" 2>"$work/err"
}
trial() { # CALL AT ERRNO: must be refused and named, or succeed in spite of it
    reset
    with_fault "$1" "$2" "$3"
    got=$?
    [ -d "$work/reached" ] || return 1
    if [ "$got" -eq 0 ] && is "$work/new"; then
        ok
    elif [ "$got" -eq 3 ] && [ -s "$work/err" ] && { is "$work/old" || is "$work/new"; }; then
        ok
    else
        bad "$1 number $2 fails with $3: exit status $got, site $(is "$work/old" && echo old)$(
            is "$work/new" && echo new): $(head -n 1 "$work/err")"
    fi
    with_no_fault=$(build --out "$work/try/site" 2>&1) && is "$work/new" && nothing_beside && ok ||
        bad "after $1 number $2: the next build does not heal: $with_no_fault"
}
for fault in "write 28" "create 28" "create 13" "mkdirat 28" "close 5" "linkat 5" "linkat 1" \
    "renameat2 22" "renameat2 5" "renameat 28" "unlinkat 5" "rename 5"; do
    for at in 1 2 40; do
        # shellcheck disable=SC2086
        trial ${fault% *} $at ${fault#* } || break
    done
done
for at in 1 20 400; do
    reset
    with_fault malloc $at 12
    got=$?
    [ -d "$work/reached" ] || break
    { [ $got -eq 3 ] || [ $got -eq 0 ]; } && { is "$work/old" || is "$work/new"; } &&
        nothing_beside && ok || bad "malloc number $at fails: exit status $got"
done

# Killed at chosen calls and at any moment: old or new, whole; the next build heals.
killed() { # WHAT
    { is "$work/old" || is "$work/new"; } && ok || bad "$1: the site is neither old nor new"
    build --out "$work/try/site" 2>/dev/null && is "$work/new" && nothing_beside && ok ||
        bad "$1: the next build does not heal"
}
for call in create linkat renameat2 unlinkat write; do
    for at in 1 2 30 100; do
        reset
        with_fault $call $at kill
        [ -d "$work/reached" ] || break
        killed "killed at $call number $at"
    done
done
delay=0
while [ $delay -lt 16 ]; do
    reset
    # Not the function: the signal must reach the program, not a shell around it.
    "$tallypress" build --project "$work/p" --pdf none --quiet --out "$work/try/site" 2>/dev/null &
    pid=$!
    sleep "0.0$((delay * 7 % 97 + 10))"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    killed "killed after 0.0$((delay * 7 % 97 + 10)) s"
    delay=$((delay + 1))
done

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

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
