# Sourced at the project's root by what tries the program, with its path as "$1" and `subject` set: a
# directory that goes at the end, and counters (tests/tally.sh).
tallypress=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
. tests/tally.sh

# The library that makes calls fail (fault.c), as "$library".
make_faults() {
    library="$work/fault.so"
    ${CC:-cc} -O1 -shared -fPIC -D_GNU_SOURCE -o "$library" tests/fault/fault.c -ldl || exit 1
}
# The status as $got, what was said in out and err. With `from` set, calls count from the first open of
# a path that ends so.
with_fault() { # CALL AT ERRNO COMMAND...
    rm -f "$work/reached"
    call_failing=$1 call_number=$2 call_error=$3
    shift 3
    env FAULT_CALL=$call_failing FAULT_AT=$call_number FAULT_ERRNO=$call_error \
        FAULT_MARK="$work/reached" ${from:+"FAULT_FROM=$from"} LD_PRELOAD="${preload:-$library}" "$@" \
        >"$work/out" 2>"$work/err"
    got=$?
    [ -s "$work/reached" ]
}
