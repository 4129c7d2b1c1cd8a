# Sourced: counts what passed and failed. `subject` stands before a failure; `said`, where set, is a
# file whose last lines follow it. A script ends with `tally`.
passed=0 failed=0
ok() { passed=$((passed + 1)); }
bad() {
    failed=$((failed + 1))
    echo "${subject:?}: $*"
    [ -z "${said:-}" ] || tail -n 12 "$said"
}
tally() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
