#!/bin/sh
# usage: tests/fault/readers.sh TALLYPRESS [SANITIZED]   Each outside format is read while the machine
# fails: the n-th allocation, opening, reading, mapping from the file's opening on. The command says so with status 3, or answers
# as it does without the fault; it never crashes. The formats' files are samples in ../shared. With the
# program built for AddressSanitizer, nothing may be leaked on the way out, in a small build neither.
set -u
cd "$(dirname "$0")/../.." || exit 1
subject=reader
. tests/fault/trial.sh
samples=../shared/samples/formats
[ -d "$samples" ] || echo "no ../shared: only readers of the project's own formats are tried"

"$tallypress" init "$work/p" >/dev/null || exit 1
cp data/models/llama-2-7b.json "$work/p/data/models/"
make_faults

faults="malloc:12 calloc:12 realloc:12 open:24 openat:24 read:5 mmap:12 fstat:5 close:5"
# The first calls and ever sparser ones; with FAULT_ALL=1 every one.
next() {
    if [ -n "${FAULT_ALL:-}" ] || [ $at -lt 2 ]; then at=$((at + 1)); else at=$((at * 7)); fi
}
# The calls that FILE itself causes: those that are not made when it is empty, and some more.
count_own() { # FILE COMMAND...
    own=$1
    shift
    with_fault none 0 0 "$@"
    mv "$work/reached" "$work/with"
    mv "$own" "$work/full" && : >"$own"
    with_fault none 0 0 "$@"
    mv "$work/reached" "$work/without"
    mv "$work/full" "$own"
}
own_calls() { # CALL
    cat "$work/without" "$work/with" | awk -v call="$1" '$1 == call {n = $2 - n} END {print n + 3}'
}
tried=0
try() { # WHAT FILE COMMAND...: the reader of FILE, or of all when it is "-", under every fault
    what=$1 file=$2
    shift 2
    from=''
    [ "$file" = - ] || from=/$(basename "$file")
    "$@" >"$work/well" 2>/dev/null
    well=$?
    tried=$((tried + 1))
    [ "$file" = - ] || count_own "$file" "$@"
    for fault in $faults; do
        at=1 last=1000000
        [ "$file" = - ] || last=$(own_calls "${fault%:*}")
        while [ $at -le "$last" ] && with_fault "${fault%:*}" $at "${fault#*:}" "$@"; do
            if [ $got -eq 3 ] && [ -s "$work/err" ]; then
                ok
            elif [ $got -eq $well ] && cmp -s "$work/out" "$work/well"; then
                ok
            else
                bad "$what: $fault number $at: exit status $got, $well without:" \
                    "$(head -n 1 "$work/err")"
            fi
            next
        done
    done
}

# A file is read where it is taken: as prices, API prices, measurements or a model's config.
taken() { # COMMAND...: read as something, errors in rows or not
    "$@" >"$work/out" 2>"$work/err"
    status=$?
    [ $status -le 1 ] && ! grep -qE '\[(format-unknown|json-syntax|config-no-model-type)' "$work/err"
}
read_as_it_is() { # FILE
    name=$(basename "$1")
    for place in prices api-prices; do
        cp "$1" "$work/p/data/$place/$name"
        taken "$tallypress" check --project "$work/p" &&
            try "$name" "$work/p/data/$place/$name" "$tallypress" check --project "$work/p"
        rm "$work/p/data/$place/$name"
    done
    cp "$1" "$work/$name"
    taken "$tallypress" accuracy --project "$work/p" "$work/$name" &&
        try "$name" "$work/$name" "$tallypress" accuracy --project "$work/p" "$work/$name"
    taken "$tallypress" params "$work/$name" &&
        try "$name" "$work/$name" "$tallypress" params "$work/$name"
    rm "$work/$name"
}
mkdir -p "$work/p/data/prices" "$work/p/data/api-prices"
try "a project" - "$tallypress" check --project "$work/p"
for file in "$samples"/*; do
    [ ! -f "$file" ] || read_as_it_is "$file"
done

# A leak ends the program with 77.
if [ -n "${2:-}" ]; then
    sanitized=$(realpath "$2")
    preload="$(gcc -print-file-name=libasan.so) $library"
    export ASAN_OPTIONS=detect_leaks=1:exitcode=77
    faults="open:24 openat:24 read:5 mmap:12 fstat:5 close:5"
    try "no leak in a project" - "$sanitized" check --project "$work/p"
    faults="open:24 openat:5 read:5 write:28 create:28 mkdirat:28 linkat:5 renameat2:5 unlinkat:5 \
        fdopendir:12 flock:9 stat:5 close:5 pthread_create:11"
    try "no leak in a build" - sh -c "rm -rf '$work/site'; exec '$sanitized' build --quiet --pdf none \
        --project '$work/p' --out '$work/site'"
fi
echo "$tried readings tried"
tally
