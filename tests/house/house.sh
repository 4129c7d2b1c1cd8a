#!/bin/sh
# The laws of the house, checked: include arrows, one file per outside library, sizes, columns,
# number formatting, mutable state, words that must not stay. Ends with "N passed, N failed".
set -u
cd "$(dirname "$0")/../.." || exit 1
LC_ALL=C.UTF-8
export LC_ALL
passed=0 failed=0
found=$(mktemp)
trap 'rm -f "$found"' EXIT

rule() { # TITLE: what stands in $found are the findings
    if [ -s "$found" ]; then
        failed=$((failed + 1))
        echo "house: $1"
        head -n 20 "$found" | sed 's/^/    /'
    else
        passed=$((passed + 1))
    fi
    : >"$found"
}

sources=$(find src -name '*.[ch]' | sort)
# Everything we wrote; not what is built, installed or taken as test data.
ours() {
    find . -type f ! -path './.git/*' ! -path './build*' ! -path './.deps/*' ! -path '*/node_modules/*' \
        ! -path './site/*' ! -path './data/*' ! -path './tests/golden/*' ! -path './tests/bad/*' \
        ! -name 'package-lock.json' ! -name '*.ttf' ! -name '.git' | sort
}

# ROOM ALLOWED...: every quoted include of the room must name one of the allowed rooms.
arrows() {
    room=$1
    shift
    allowed=$(echo "$*" | tr ' ' '|')
    for f in $sources; do
        case $f in
        "src/$room"/*) grep -n '^#include "' "$f" | grep -vE "\"($allowed)/" | sed "s|^|$f:|" ;;
        esac
    done >>"$found"
}
arrows base base
arrows catalog base catalog
arrows read base catalog read
arrows engine base catalog engine
arrows chart base chart
arrows page base catalog engine chart page
arrows render base catalog engine chart page render
arrows publish base publish
grep -n '^#include "' src/main.c | grep -v '"command/' >>"$found"
rule "includes point one way (src/README.md)"

for f in $sources; do
    case $f in
    src/engine/*)
        grep -nE '^#include <' "$f" | grep -vE '<(math|float|stdbool|stddef|stdint|stdlib|string|limits)\.h>' |
            sed "s|^|$f:|"
        ;;
    esac
done | grep -v nlopt.h >"$found"
rule "engine/ needs the C library's plain headers only"

for library in 'cmark\.h' 'cjson/' 'hpdf' 'csv\.h' 'xxhash\.h' 'sha2\.h' 'nlopt\.h' 'libdeflate\.h'; do
    users=$(grep -lE "^#include <$library" $sources)
    [ "$(echo "$users" | grep -c .)" -le 1 ] || echo "$library: $(echo $users)" >>"$found"
done
rule "each outside library is included by one file"

wc -l $sources | awk '$2 != "total" && $1 > 450 {print $2 ": " $1 " lines, at most 450"}' >"$found"
rule "no file over 450 lines"
wc -l $sources | awk '$2 != "total" {print $1}' | sort -n |
    awk '{v[NR] = $1} END {m = v[int((NR + 1) / 2)]; if (m > 200) print "median " m " lines, at most 200"}' >"$found"
rule "median file within 200 lines"

# Length of every function: from the line its name starts on to the brace in column 1.
functions() {
    awk 'FNR == 1 {start = 0}
        /^[A-Za-z_].*\(/ && !/;$/ && !/^#/ {start = FNR; name = $0}
        /^[A-Za-z_].*\{.*\}$/ && start == FNR {print 1, FILENAME ":" start; start = 0}
        /^}$/ && start {print FNR - start + 1, FILENAME ":" start; start = 0}
        /;$/ && /^[A-Za-z_ ]/ && !/^ / {start = 0}' $(echo "$sources" | grep '\.c$')
}
functions | awk '$1 > 80 {print $2 ": " $1 " lines, at most 80"}' >"$found"
rule "no function over 80 lines"
functions | sort -n | awk '{v[NR] = $1}
    END {m = v[int((NR + 1) / 2)]; p = v[int(NR * 0.95)]
         if (m > 12) print "median " m ", at most 12"
         if (p > 45) print "95th percentile " p ", at most 45"}' >"$found"
rule "functions: median within 12 lines, 95th percentile within 45"

grep -nE '.{101,}' $sources $(find tests -name '*.[ch]' ! -path '*/node_modules/*') >"$found"
rule "100 columns"

for f in $sources; do
    own=$(echo "${f%.c}.h" | cut -d/ -f2-)
    head -n 1 "$f" | grep -qE "^/\*|^#include \"$own\"" || echo "$f: does not open with a comment that says its job"
done >"$found"
rule "every file says its one job, or its header does"

grep -nE '%[+#0-9.*]*l?[aefgAEFG]"?' $(echo "$sources" | grep '\.c$') |
    grep -E 'printf|diag_add|options_error|"' | grep -E '"[^"]*%[+#0-9.*]*l?[aefgAEFG][^a-z]?' |
    grep -vE '^src/base/num|%%' >"$found"
rule "numbers are formatted by num.h only"
grep -nE '\b(strtod|strtof|atof|setlocale|localeconv)\(' $sources | grep -v '^src/base/num' >"$found"
rule "nothing follows the locale"

for f in $sources; do
    case $f in
    src/catalog/* | src/engine/* | src/chart/* | src/page/*)
        grep -nE '\b(malloc|calloc|realloc|free|strdup)\(' "$f" | sed "s|^|$f:|" ;;
    esac
done >"$found"
rule "domain code neither allocates nor frees outside the arena"
for f in $sources; do
    case $f in
    src/catalog/* | src/engine/* | src/chart/* | src/page/* | src/render/*)
        grep -nE '(^|[^>.a-z_])(fopen|open|read|write|time|clock_gettime|gettimeofday|getenv|rand|random)\(' "$f" |
            sed "s|^|$f:|" ;;
    esac
done >"$found"
rule "between reading and publishing there is no file, clock, environment or chance"

if [ -e build/libtallypress.a ]; then
    objdump -t build/libtallypress.a | awk '
        / file format / {sub(/:.*/, ""); object = $0}
        $2 == "O" && ($3 == ".data" || $3 == ".bss") {print object ": " $NF}
        $3 == "O" && ($4 == ".data" || $4 == ".bss") {print object ": " $NF}' |
        grep -v embedded >"$found"
fi
rule "no mutable state at file scope"

# Assembled, so that the rule does not find itself.
words="TO""DO|FIX""ME|HA""CK\\b|lorem ip""sum|/wo""rk/|(house|model|site|cli|users)\\.m""d\\b"
words="$words|coordi""nator|is""sue #?[2-8]\\b"
ours |
    xargs grep -nIE "$words" 2>/dev/null | grep -v '^./tests/house/' >"$found"
rule "no leftovers and no private references"

for f in $(ours | grep '\.sh$') .ci/run; do
    sh -n "$f" 2>>"$found"
done
rule "shell scripts parse"

# "| `FILES` | ... | 1,234 |": rows of a table, lines of JSON, entries with an id, or files.
grep -E '^\| `[^`]*` .*\| [0-9,]+ \|' data/README.md | while IFS='|' read -r _ files rest; do
    files=$(echo "$files" | tr -d ' `')
    stated=$(echo "$rest" | tr '|' '\n' | tr -d ' ,' | grep -xE '[0-9]+' | head -n 1)
    case $files in
    models/*) counted=$(ls data/models | wc -l) ;;
    site.json) counted=1 ;;
    *.json) counted=$(grep -c '"id":' "data/$files") ;;
    *.jsonl) counted=$(cat "data/benchmarks/$files" | wc -l) ;;
    *) counted=$(tail -qn +2 data/$files | wc -l) ;;
    esac
    [ "$stated" = "$counted" ] || echo "data/README.md: $files has $counted, not $stated"
done >"$found"
rule "data/README.md counts the data"

# Where this is a checkout: a path outside these is built output or a stray file.
if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    git ls-files | grep -vE '^(Makefile|README\.md|\.gitignore|\.clang-(format|tidy)|\.ci/run|site/\.gitignore)$' |
        grep -vE '^(src|templates|assets|data|tests)/' >"$found"
    git ls-files | grep -E '\.(o|a|d|so|gcda|gcno)$' >>"$found"
fi
rule "nothing built is committed, and the top level is what README.md says"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
