#!/bin/sh
# Everything `make check` runs. Each step prints one line; a failed one also the end of its log.
# Steps that print "N passed, N failed" themselves count with their numbers, others as one.
# Ends with one line "N passed, N failed". A missing checker fails its step.
set -u
cd "$(dirname "$0")/.." || exit 1
jobs=$(nproc 2>/dev/null || echo 2)
logs=build/check
rm -rf "$logs"
mkdir -p "$logs"
passed=0 failed=0

step() { # NAME COMMAND...
    name=$1
    shift
    begin=$(date +%s)
    "$@" >"$logs/$name" 2>&1 </dev/null
    status=$?
    took=$(($(date +%s) - begin))
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$logs/$name" | tail -n 1)
    good=1 bad=0
    [ -z "$line" ] || { good=${line%% *} bad=${line#*, } bad=${bad%% *}; }
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
        [ -n "$line" ] || good=0
    fi
    passed=$((passed + good)) failed=$((failed + bad))
    if [ "$bad" -eq 0 ]; then
        printf 'ok      %-22s %5d  %3d s\n' "$name" "$good" "$took"
    else
        printf 'FAILED  %-22s %5d  %3d s\n' "$name" "$bad" "$took"
        tail -n 40 "$logs/$name" | sed 's/^/        /'
    fi
}

# A step of one processor that begins here and is collected later, while others run.
early() { # NAME COMMAND...
    name=$1
    shift
    (
        "$@" >"$logs/$name.early" 2>&1 </dev/null
        echo $? >"$logs/$name.status"
    ) &
}
collect() { # NAME
    while [ ! -s "$logs/$1.status" ]; do sleep 0.2; done
    cat "$logs/$1.early"
    return "$(cat "$logs/$1.status")"
}

sources() { find src tests -name '*.[ch]' | grep -v node_modules | sort; }

make_test() { make -s -j"$jobs" test "$@"; }
format() {
    command -v clang-format >/dev/null || return 1
    sources | xargs clang-format --dry-run -Werror
}
tidy() {
    command -v clang-tidy >/dev/null || return 1
    find src -name '*.c' | sort | xargs -P "$jobs" -n 4 tests/tidy.sh
}
static_analysis() {
    command -v cppcheck >/dev/null || return 1
    cppcheck -q -j "$jobs" --std=c11 --error-exitcode=1 --inline-suppr -Isrc -D_GNU_SOURCE \
        --enable=warning,performance,portability --suppress=missingIncludeSystem \
        src
}

# What it finds besides splitting where splitting is meant.
shell_scripts() {
    command -v shellcheck >/dev/null || return 1
    find src tests -name '*.sh' -not -path '*/node_modules/*' -print0 |
        xargs -0 shellcheck -x -S warning -e SC2034,SC2038,SC2044,SC2046,SC2148,SC3013
}

# The same bytes at any number of threads, locale, time zone, path and umask.
deterministic() {
    one=$(mktemp -d) two=$(mktemp -d)
    build/tallypress build --pdf all --jobs 1 --out "$one/site" &&
        (cd "$two" && umask 077 && TZ=Asia/Tokyo LC_ALL=de_DE.UTF-8 \
            "$OLDPWD/build/tallypress" build --project "$OLDPWD" --pdf all --jobs 5 --out "$two/a/site") &&
        diff -r "$one/site" "$two/a/site"
    status=$?
    rm -rf "$one" "$two"
    return $status
}
# What was built without a compiler's help must be what the other compiler builds.
same_across_compilers() {
    one=$(mktemp -d)
    build/tallypress build --quiet --out "$one/gcc" &&
        build/clang/tallypress build --quiet --out "$one/clang" &&
        rm "$one"/*/.tallypress-manifest && diff -r "$one/gcc" "$one/clang"
    status=$?
    rm -rf "$one"
    return $status
}
sanitized_commands() {
    one=$(mktemp -d)
    build/asan/tallypress build --jobs 3 --out "$one/site" && build/asan/tallypress check
    status=$?
    rm -rf "$one"
    return $status
}
fuzz_smoke() {
    make -s -j"$jobs" fuzzers CC=gcc BUILD=build/asan CFLAGS="-O1 -g" \
        SAN="-fsanitize=address,undefined -fno-sanitize-recover=all" &&
        tests/fuzz/smoke.sh build/asan
}
pdf() {
    build/tallypress report --model llama-3.3-70b --gpu h200-sxm -o build/check-report.pdf &&
        tests/pdf/check.sh build/check-site build/check-report.pdf
}
xml() {
    find build/check-site -name '*.xml' | xargs xmllint --noout
}

[ -d ../shared ] || echo "no ../shared: the tests that read it are skipped"
step unit-gcc make_test CC=gcc
step unit-sanitized make_test CC=gcc BUILD=build/asan CFLAGS="-O1 -g" \
    SAN="-fsanitize=address,undefined -fno-sanitize-recover=all"
step programs make -s -j"$jobs" all
step programs-clang make -s -j"$jobs" all CC=clang BUILD=build/clang
step programs-sanitized make -s -j"$jobs" all CC=gcc BUILD=build/asan CFLAGS="-O1 -g" \
    SAN="-fsanitize=address,undefined -fno-sanitize-recover=all"
step fuzz-smoke fuzz_smoke
step house tests/house/house.sh
step format format
step clang-tidy tidy
step cppcheck static_analysis
step analyser make -s -j"$jobs" analyse
step shell shell_scripts
step inputs build/tallypress check
step site build/tallypress build --pdf all --out build/check-site
step deterministic deterministic
step compilers same_across_compilers
step sanitized sanitized_commands
early faults sh tests/fault/check.sh build/tallypress
step faults-in-place sh tests/fault/in_place.sh build/tallypress
step faults-of-readers sh tests/fault/readers.sh build/tallypress build/asan/tallypress
step pathological sh tests/fault/pathological.sh build/tallypress
step sandbox sh tests/fault/sandbox.sh build/tallypress
step hostile sh tests/fault/hostile.sh build/tallypress
step browser sh tests/browser/run.sh build/check-site
step faults collect faults
early recipes tests/recipes/check.sh
step injection node tests/browser/injection.mjs build/tallypress
step pdf pdf
step xml xml
step parts env QUICK=1 tests/scale/check.sh build/tallypress 1
step incremental sh tests/incremental/check.sh build/tallypress
step recipes collect recipes
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
