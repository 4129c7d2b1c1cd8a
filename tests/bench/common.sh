# What the benchmark scripts share: where things are, how a command is timed.
# Times are wall and processor seconds of a whole process, memory its largest resident set, all read
# by GNU time. Processor seconds hardly change with what else the machine does.
set -eu
LC_ALL=C
export LC_ALL
BENCH_DIR=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$BENCH_DIR/../.." && pwd)
WORK=${BENCH_WORK:-$ROOT/build/bench}
PAGES=${BENCH_PAGES:-10000}
RUNS=${BENCH_RUNS:-3}

# timed NAME COMMAND...: the fastest of RUNS as "NAME seconds kib cpu-seconds" in $WORK/times.txt
timed() {
    name=$1
    shift
    best= ; cpu= ; memory=0 ; i=0
    while [ "$i" -lt "$RUNS" ]; do
        [ -z "${BEFORE:-}" ] || $BEFORE
        /usr/bin/time -o "$WORK/time.txt" -f '%e %M %U %S' "$@" >"$WORK/$name.log" 2>&1 || {
            tail -5 "$WORK/$name.log" >&2
            echo "bench: $name failed" >&2
            exit 1
        }
        read -r seconds kib user system <"$WORK/time.txt"
        if [ -z "$best" ] || awk "BEGIN{exit !($seconds < $best)}"; then best=$seconds; fi
        used=$(awk "BEGIN{print $user + $system}")
        if [ -z "$cpu" ] || awk "BEGIN{exit !($used < $cpu)}"; then cpu=$used; fi
        [ "$kib" -le "$memory" ] || memory=$kib
        i=$((i + 1))
    done
    echo "$name $best $memory $cpu" >>"$WORK/times.txt"
}
