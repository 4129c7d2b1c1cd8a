#!/bin/sh
# usage: tests/check.sh [STEP...]   Everything `make check` runs, or only the steps named, of what is
# built. Each step prints one line: what it counted, seconds, processor seconds of what it waited
# for; a failed one also the end of its log. Steps that print "N passed, N failed" themselves count
# with their numbers, others as one, and so does what repeats one test: the unit tests once more
# under sanitizers, one fault after another. At the end stand the steps by what they cost, and when
# they ran. The last line is "N passed, N failed". A missing checker fails its step.
set -u
cd "$(dirname "$0")/.." || exit 1
jobs=$(nproc 2>/dev/null || echo 2)
logs=build/check
rm -rf "$logs"
mkdir -p "$logs"
cat /proc/stat >"$logs/.stat"
passed=0 failed=0 pending="" start=$(date +%s) only="${*:-}"

wanted() { [ -z "$only" ] || case " $only " in *" $1 "*) ;; *) return 1 ;; esac; }
run() { # NAME COMMAND...: leaves the log, and in NAME.status the exit status, seconds, CPU seconds, begin
    name=$1 begin=$(date +%s)
    shift
    (
        "$@" >"$logs/$name" 2>&1 </dev/null
        status=$?
        times >"$logs/$name.times"
        cpu=$(tr 'ms' '  ' <"$logs/$name.times" |
            awk '{s += $1 * 60 + $2 + $3 * 60 + $4} END {printf "%.0f", s}')
        echo "$status $(($(date +%s) - begin)) $cpu $((begin - start))" >"$logs/$name.part"
        mv "$logs/$name.part" "$logs/$name.status"
    )
}
say() { # NAME: the line of a step that has ended
    read -r status took cpu _ <"$logs/$1.status"
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$logs/$1" | tail -n 1)
    good=1 bad=0
    [ -z "$line" ] || { good=${line%% *} bad=${line#*, } bad=${bad%% *}; }
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
        [ -n "$line" ] || good=0
    fi
    count=$good
    case $1 in unit-sanitized | faults*) good=$((good > 0)) ;; esac
    passed=$((passed + good)) failed=$((failed + bad))
    if [ "$bad" -eq 0 ]; then
        printf 'ok      %-22s %5d  %3d s  %3d s\n' "$1" "$count" "$took" "$cpu"
    else
        printf 'FAILED  %-22s %5d  %3d s  %3d s\n' "$1" "$bad" "$took" "$cpu"
        tail -n 40 "$logs/$1" | sed 's/^/        /'
    fi
}

# A step of all processors.
step() { # NAME COMMAND...
    wanted "$1" || return
    run "$@"
    say "$1"
}

# Steps go on side by side: where one waits for its last file or the disk, another has work. At most
# $beside more than one at once; `joined` waits for the rest.
beside=1
beside() { # NAME COMMAND...
    wanted "$1" || return
    at_most "$beside"
    run "$@" &
    pending="$pending $1"
}
joined() { at_most 0; }
after() { # NAME...: goes on when these steps have ended
    while
        ended
        for one; do case " $pending " in *" $one "*) break ;; *) false ;; esac done
    do sleep 0.2; done
}
at_most() { # COUNT of steps are under way
    while
        ended
        # shellcheck disable=SC2086
        set -- "$1" $pending
        [ $# -gt $(($1 + 1)) ]
    do sleep 0.2; done
}
ended() {
    going=""
    for one in $pending; do
        if [ -e "$logs/$one.status" ]; then say "$one"; else going="$going $one"; fi
    done
    pending=$going
}
trap 'trap - TERM; kill 0' INT TERM

# The steps that have ended, dearest first, and what the machine did meanwhile.
costs() {
    echo "processor   from    to"
    for status in "$logs"/*.status; do
        echo "$(cat "$status") $(basename "$status" .status)"
    done | sort -k3,3nr -k2,2nr | awk '{printf "%7d s %5d s %5d s  %s\n", $3, $4, $4 + $2, $5; sum += $3}
        END {printf "%7d s in all\n", sum}'
    awk '/^cpu / {if (FNR == NR) for (i = 2; i < 10; i++) was[i] = $i
        else {
            for (i = 2; i < 10; i++) {$i -= was[i]; all += $i}
            printf "processors: busy %.0f %%, waiting for the disk %.0f %%, taken by the host %.0f %%\n",
                100 * (all - $5 - $6 - $9) / all, 100 * $6 / all, 100 * $9 / all
        }}' "$logs/.stat" /proc/stat
}

sources() { find src tests -name '*.[ch]' | grep -v node_modules | sort; }

# The objects of the first build are looked at by the analyser on the way.
gcc_make() { make -s -j"$jobs" "$@" CC=gcc CFLAGS=-O2 ANALYSER=-fanalyzer; }
analysed_programs() { gcc_make all && gcc_make analyse; }
sanitized_make() {
    make -s -j"$jobs" "$@" CC=gcc BUILD=build/asan CFLAGS="-O1 -g1" \
        SAN="-fsanitize=address,undefined -fno-sanitize-recover=all"
}
tools() { src/setup/install.sh check && tests/browser/run.sh; }
browser() { node tests/browser/check.mjs build/check-site "$@"; }
format() {
    command -v clang-format >/dev/null || return 1
    sources | xargs clang-format --dry-run -Werror
}
tidy() {
    command -v clang-tidy >/dev/null || return 1
    find src -name '*.c' | sort | xargs -P "$jobs" -n 12 tests/tidy.sh
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

# The same bytes as build/check-site at any number of threads, locale, time zone, path and umask.
deterministic() {
    one=$(mktemp -d)
    (cd "$one" && umask 077 && TZ=Asia/Tokyo LC_ALL=de_DE.UTF-8 \
        "$OLDPWD/build/tallypress" build --project "$OLDPWD" --pdf all --jobs 5 --out "$one/a/site") &&
        diff -r build/check-site "$one/a/site"
    status=$?
    rm -rf "$one"
    return $status
}
# What was built without a compiler's help, and on one thread, must be what the other compiler builds.
same_across_compilers() {
    one=$(mktemp -d)
    build/clang/tallypress build --quiet --pdf all --jobs 1 --out "$one/clang" &&
        diff -r -x .tallypress-manifest build/check-site "$one/clang"
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
pdf() {
    build/tallypress report --model llama-3.3-70b --gpu h200-sxm -o build/check-report.pdf &&
        tests/pdf/check.sh build/check-site build/check-report.pdf
}
xml() {
    find build/check-site -name '*.xml' | xargs xmllint --noout
}

[ -d ../shared ] || echo "no ../shared: the tests that read it are skipped"

# The test tools come in while the compilers work on what the first steps need.
# Trials write in memory where there is room for three sites: half the processor time of a disk.
room() { # KIB
    [ "$(df -k --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt "$1" ] 2>/dev/null &&
        [ "$(awk '/^MemAvailable/ {print $2}' /proc/meminfo)" -gt "$1" ] && trial=$(mktemp -p /dev/shm) &&
        cp "$(command -v env)" "$trial" && chmod +x "$trial" && "$trial" true
    status=$?
    rm -f "${trial:-}"
    return $status
}
room 6000000 && export TMPDIR=/dev/shm

src/setup/install.sh test || exit 3
[ "$(id -u)" = 0 ] || src/setup/install.sh check || exit 3
beside=2
beside tools tools
beside programs analysed_programs
beside programs-sanitized sanitized_make all fuzzers
beside=1
after programs-sanitized
beside unit-sanitized sanitized_make test
after programs
beside unit-gcc gcc_make test
beside programs-clang make -s -j"$jobs" all CC=clang BUILD=build/clang CFLAGS=-O2
beside clang-tidy tidy
beside cppcheck static_analysis
beside site build/tallypress build --pdf all --out build/check-site
joined

# The longest first.
beside=$jobs
beside faults sh tests/fault/check.sh build/tallypress
beside browser-axe browser axe
beside browser-looks browser look
beside parts env QUICK=1 tests/scale/check.sh build/tallypress 1
beside incremental sh tests/incremental/check.sh build/tallypress
beside recipes tests/recipes/check.sh
beside browser-files browser markup data
beside faults-of-readers sh tests/fault/readers.sh build/tallypress build/asan/tallypress
beside browser-calculator browser calculator
beside pdf pdf
beside injection node tests/browser/injection.mjs build/tallypress
beside pathological sh tests/fault/pathological.sh build/tallypress
beside sanitized sanitized_commands
beside deterministic deterministic
beside compilers same_across_compilers
beside fuzz-smoke tests/fuzz/smoke.sh build/asan
beside faults-in-place sh tests/fault/in_place.sh build/tallypress
beside hostile sh tests/fault/hostile.sh build/tallypress
beside sandbox sh tests/fault/sandbox.sh build/tallypress
beside house tests/house/house.sh
beside format format
beside shell shell_scripts
beside inputs build/tallypress check
beside xml xml
joined
# A browser that is timed has the machine to itself.
step lighthouse browser lighthouse
costs
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
