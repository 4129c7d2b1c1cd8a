#!/bin/sh
# usage: tests/fuzz/run.sh SECONDS [TARGET...]   Runs each fuzz target for so long and says what it
# did: executions, edges covered, inputs kept, findings. FUZZER=afl takes AFL++ in place of libFuzzer
# (both share the corpus in build/fuzz/corpus). A finding stays in build/fuzz/found; the status is 1
# then. What was run stands in build/fuzz/log: date, engine, target, CPU seconds, executions.
set -u
cd "$(dirname "$0")/../.." || exit 1
seconds=$1
shift
sanitizers="-fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all"
corpus=build/fuzz/corpus found=build/fuzz/found
fuzzer=${FUZZER:-libfuzzer}
mkdir -p "$found"
if [ "$fuzzer" = afl ]; then
    build=build/fuzz-afl
    AFL_QUIET=1 make -s -j"$(nproc)" fuzzers CC=afl-clang-fast BUILD=$build CFLAGS="-O2 -g" \
        SAN="-Wno-shorten-64-to-32" || exit 1
    trim=$build/fuzz_trim
else
    build=build/fuzz
    make -s -j"$(nproc)" fuzzers CC=clang BUILD=$build CFLAGS="-O1 -g" ENGINE="-fsanitize=fuzzer" \
        SAN="-fsanitize=fuzzer-no-link $sanitizers" || exit 1
    trim=$build/fuzz_trim
fi
tests/fuzz/seeds.sh build/fuzz/seeds "$trim" >/dev/null || exit 1
[ $# -gt 0 ] || set -- $(ls tests/fuzz/fuzz_*.c | sed 's|.*/fuzz_||; s|\.c$||')

cpu_of() { # FILE of `time -p`
    awk '/^user|^sys/ {s += $2} END {printf "%.0f", s}' "$1"
}
with_libfuzzer() { # TARGET
    bash -c 'time -p "$@"' _ "$build/fuzz_$1" -max_total_time="$seconds" -timeout=10 \
        -rss_limit_mb=1500 -max_len=16384 -dict="build/fuzz/$1.dict" -artifact_prefix="$found/$1-" \
        -print_final_stats=1 -close_fd_mask=0 "$corpus/$1" "build/fuzz/seeds/$1" \
        >"build/fuzz/$1.log" 2>&1
    status=$?
    runs=$(awk '/stat::number_of_executed_units/ {print $2}' "build/fuzz/$1.log")
    edges=$(grep -oE 'cov: [0-9]+' "build/fuzz/$1.log" | tail -n 1)
    kept=$(ls "$corpus/$1" | wc -l)
}
with_afl() { # TARGET
    rm -rf "build/fuzz/afl-$1"
    mkdir -p "build/fuzz/afl-seeds-$1"
    cp "build/fuzz/seeds/$1/"* "build/fuzz/afl-seeds-$1/"
    AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
        AFL_FAST_CAL=1 AFL_NO_STARTUP_CALIBRATION=1 bash -c 'time -p "$@"' _ \
        afl-fuzz -V "$seconds" -t 2000 -m none -x "build/fuzz/$1.dict" -i "build/fuzz/afl-seeds-$1" \
        -o "build/fuzz/afl-$1" "$build/fuzz_$1" >"build/fuzz/$1.log" 2>&1
    status=$?
    stats=build/fuzz/afl-$1/default/fuzzer_stats
    runs=$(awk '/^execs_done/ {print $3}' "$stats")
    edges=$(awk '/^edges_found/ {print "cov: " $3}' "$stats")
    kept=$(awk '/^corpus_count/ {print $3}' "$stats")
    for f in "build/fuzz/afl-$1"/default/crashes/id* "build/fuzz/afl-$1"/default/hangs/id*; do
        [ ! -f "$f" ] || cp "$f" "$found/$1-afl-$(basename "$f" | cut -c1-9 | tr : -)"
    done
    cp -n "build/fuzz/afl-$1"/default/queue/id* "$corpus/$1/" 2>/dev/null
}

findings=0
for target; do
    mkdir -p "$corpus/$target"
    tests/fuzz/dict.sh "$target" >"build/fuzz/$target.dict"
    before=$(ls "$found" | wc -l)
    if [ "$fuzzer" = afl ]; then with_afl "$target"; else with_libfuzzer "$target"; fi
    new=$(($(ls "$found" | wc -l) - before))
    [ "$status" -eq 0 ] || [ "$new" -gt 0 ] || { new=1; tail -n 20 "build/fuzz/$target.log"; }
    findings=$((findings + new))
    cpu=$(cpu_of "build/fuzz/$target.log")
    printf '%-10s %-9s %5d CPU s %10d runs  %-11s %6d inputs  %d findings\n' "$target" "$fuzzer" \
        "${cpu:-0}" "${runs:-0}" "${edges:-}" "$kept" "$new"
    printf '%s\t%s\t%s\t%d\t%d\t%d\n' "$(date -u +%FT%TZ)" "$fuzzer" "$target" "${cpu:-0}" \
        "${runs:-0}" "$new" >>build/fuzz/log
done
awk '{cpu[$2] += $4; runs[$2] += $5} END {for (f in cpu) printf "so far: %s %.2f CPU hours, %d runs\n", f, cpu[f] / 3600, runs[f]}' build/fuzz/log
[ "$findings" -eq 0 ]
