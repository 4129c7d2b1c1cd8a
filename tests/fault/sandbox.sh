#!/bin/sh
# usage: tests/fault/sandbox.sh TALLYPRESS   A build that is taken over half-way can read its inputs
# and write the site, and nothing else; where the kernel cannot hold it, it says so. The program
# itself is hardened.
set -u
cd "$(dirname "$0")/../.." || exit 1
subject=sandbox
. tests/fault/trial.sh
said=$work/check
check() { # WHAT COMMAND...
    what=$1
    shift
    "$@" >"$work/check" 2>&1 && ok || bad "$what"
}

mkdir -p "$work/outside" "$work/p"
echo secret >"$work/outside/secret"
chmod 640 "$work/outside/secret"
"$tallypress" init "$work/p" >/dev/null || exit 1
${CC:-cc} -O1 -shared -fPIC -D_GNU_SOURCE -o "$work/intruder.so" tests/fault/intruder.c -ldl || exit 1
INTRUDER_OUTSIDE="$work/outside" INTRUDER_INPUT="$work/p/data/gpus.json" \
    LD_PRELOAD="$work/intruder.so" "$tallypress" build --project "$work/p" --pdf none --quiet \
    --out "$work/site/public" >"$work/out" 2>"$work/err"
status=$?
if grep -q 'no-sandbox' "$work/err"; then
    echo "skipped: $(grep no-sandbox "$work/err")"
else
    check "the build goes on" [ $status -eq 0 ]
    check "the site is there" [ -s "$work/site/public/index.html" ]
    check "an input may be read" grep -q 'read an input: could' "$work/err"
    for what in "read outside" "write a file outside" "remove outside" "make a file outside" \
        "change rights outside" "change the owner outside" "change times outside" \
        "add an attribute outside" "write an input" "run a program" "open a socket" \
        "signal another process" "queue a signal for another" "signal another's thread" \
        "signal by a full pipe" "watch another process" "slow another process" "limit another process" \
        "type on the terminal" "start a process"; do
        check "$what" grep -q "intruder: $what: refused" "$work/err"
    done
    check "the secret is untouched" [ "$(ls "$work/outside") $(cat "$work/outside/secret")" = "secret secret" ]
    check "its rights are as they were" [ "$(stat -c %a "$work/outside/secret")" = 640 ]
    check "nothing lies beside the site" [ "$(ls -A "$work/site")" = public ]
fi

# What the owner put into the site keeps its rights.
mkdir -p "$work/site/public/owners/own" && chmod 2750 "$work/site/public/owners/own"
sed -i 's/"title": *"/&Other /' "$work/p/data/site.json"
check "a build beside the owner's" "$tallypress" build --project "$work/p" --pdf none --quiet \
    --out "$work/site/public"
check "the owner's directory keeps its rights" [ "$(stat -c %a "$work/site/public/owners/own")" = 2750 ]

# A site and its data may be links; parts that are joined may lie anywhere.
mkdir -p "$work/elsewhere" "$work/links"
mv "$work/p/data/prices" "$work/elsewhere/prices"
ln -s "$work/elsewhere/prices" "$work/p/data/prices"
check "data behind a link" "$tallypress" build --project "$work/p" --pdf none --quiet --out "$work/linked"
ln -s "$work/linked" "$work/links/site"
sed -i 's/"title": *"/&New /' "$work/p/data/site.json"
check "a site behind a link" "$tallypress" build --project "$work/p" --pdf none --quiet --out "$work/links/site"
check "is still a link" [ -L "$work/links/site" ]

# What the compiler and linker add.
check "position independent" sh -c "readelf -h '$tallypress' | grep -q 'DYN '"
check "relocations read-only" sh -c "readelf -lW '$tallypress' | grep -q GNU_RELRO"
check "bound at the start" sh -c "readelf -dW '$tallypress' | grep -qE 'BIND_NOW|FLAGS.*NOW'"
check "no executable stack" sh -c "readelf -lW '$tallypress' | grep GNU_STACK | grep -qv RWE"
check "stack guarded" sh -c "readelf -sW --dyn-syms '$tallypress' | grep -q __stack_chk_fail"
check "calls fortified" sh -c "readelf -sW --dyn-syms '$tallypress' | grep -q '__[a-z]*_chk@'"

tally
