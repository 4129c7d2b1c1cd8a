#!/bin/sh
# make bench: this project against Hugo, Eleventy and a raw write of the same bytes, and the whole
# shipped site. Prints ratios; never a verdict, never part of a test.
. "$(dirname "$0")/common.sh"
# Pages go into memory where there is room: how quick a disk is, and how long its file system sees to
# the files that the run before removed, is not what is compared. BENCH_WORK names another place.
if [ -z "${BENCH_WORK:-}" ] && [ "$(df -k --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt 3000000 ] 2>/dev/null; then
    WORK=/dev/shm/tallypress-bench.$$
    trap 'rm -rf "$WORK"' EXIT
    trap 'exit 1' INT TERM
fi
rm -rf "$WORK"
mkdir -p "$WORK/hugo/content" "$WORK/hugo/layouts/_default" "$WORK/eleventy"
: >"$WORK/times.txt"

need() {
    command -v "$1" >/dev/null || {
        echo "bench: $1 is missing: $2" >&2
        exit 3
    }
}
need hugo "apt-get install hugo"
need npm "apt-get install npm"
[ -x /usr/bin/time ] || { echo "bench: apt-get install time" >&2; exit 3; }

awk -v pages="$PAGES" -v out="$WORK/hugo/content" -v kind=hugo -f "$BENCH_DIR/pages.awk"
cp "$BENCH_DIR/hugo_page.html" "$WORK/hugo/layouts/_default/single.html"
printf 'baseURL = "https://example.org/"\ntitle = "Benchmark"\ndisableKinds = ["taxonomy","term","RSS","sitemap","home","section"]\n' >"$WORK/hugo/config.toml"
awk -v pages="$PAGES" -v kind=eleventy -f "$BENCH_DIR/pages.awk" >"$WORK/eleventy/rows.json"
cp "$BENCH_DIR/eleventy_page.cjs" "$WORK/eleventy/page.11ty.cjs"
cp "$BENCH_DIR/eleventy-package.json" "$WORK/eleventy/package.json"
(cd "$WORK/eleventy" && npm install --silent --no-audit --no-fund >/dev/null)

JOBS=$(nproc)
fresh() { rm -rf "$WORK/out"; }
BEFORE=fresh
timed ours "$ROOT/build/bench_pages" render "$WORK/out" "$PAGES" "$JOBS"
timed ours_1_thread "$ROOT/build/bench_pages" render "$WORK/out" "$PAGES" 1
BYTES=$(du -sb --apparent-size "$WORK/out" | cut -f1)
timed raw_write "$ROOT/build/bench_pages" raw "$WORK/out" "$PAGES" "$JOBS"
timed hugo hugo --quiet -s "$WORK/hugo" -d "$WORK/out"
timed eleventy sh -c "cd '$WORK/eleventy' && node node_modules/@11ty/eleventy/cmd.cjs --quiet --input=page.11ty.cjs --output='$WORK/out'"
timed site "$ROOT/build/tallypress" build --quiet --out "$WORK/out"
SITE_FILES=$(find "$WORK/out" -type f | wc -l)
BEFORE=
timed site_unchanged "$ROOT/build/tallypress" build --quiet --out "$WORK/out"

awk -v pages="$PAGES" -v bytes="$BYTES" -v files="$SITE_FILES" -v work="$WORK" '
function at_least(seconds) { return seconds > 0.005 ? seconds : 0.005 }
{ s[$1] = $2; m[$1] = $3; u[$1] = $4; order[++n] = $1 }
END {
    printf "%d pages, %.1f MB of ours, in %s; fastest of the runs\n", pages, bytes / 1e6, work
    printf "%-16s %9s %9s %9s %12s %12s %12s\n", "", "seconds", "CPU s", "MiB", "pages/s",
        "times ours", "CPU / ours"
    for (i = 1; i <= n; i++) {
        k = order[i]; c = k ~ /^site/ ? files : pages
        printf "%-16s %9.2f %9.2f %9.0f %12.0f %12.2f %12.2f\n", k, s[k], u[k], m[k] / 1024,
            c / at_least(s[k]), s[k] / at_least(s["ours"]), u[k] / at_least(u["ours"])
    }
}' "$WORK/times.txt"
