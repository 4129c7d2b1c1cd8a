#!/bin/sh
# usage: tests/fuzz/seeds.sh DIRECTORY TRIM   Makes the seed corpus of every fuzz target from the
# project's own data, the bad inputs and the templates, and from ../shared where it lies there. Long
# files are cut to their first lines, JSON by the program TRIM: a fuzzer learns from short ones.
set -eu
cd "$(dirname "$0")/../.." || exit 1
to=$1
trim=$2
most=12000

put() { # TARGET NAME FILE...: one seed, when it is short enough
    target=$1 name=$2
    shift 2
    mkdir -p "$to/$target"
    cat "$@" >"$to/$target/$name"
    [ "$(wc -c <"$to/$target/$name")" -le $most ] || rm "$to/$target/$name"
}
short() { # FILE LINES
    case $1 in
    tests/bad/*) head -c $most "$1" ;;
    *.json | *.jsonl) "$trim" "$1" | head -c $most ;;
    *) head -n "$2" "$1" | head -c $most ;;
    esac
}
named() { # TARGET FILE [LINES]: with its name in the first line, cut
    mkdir -p "$to/$1"
    base=$(basename "$2")
    { printf '#%.60s\n' "$base"; short "$2" "${3:-100000}"; } >"$to/$1/$base"
}
plain() { # TARGET FILE LINES
    mkdir -p "$to/$1"
    short "$2" "$3" >"$to/$1/$(basename "$2")"
}

for f in tests/bad/*; do
    base=${f#tests/bad/}
    case $base in
    *.expected) ;;
    json_*) put json "$base" "$f" ;;
    csv_*) put csv "$base" "$f" ;;
    prices_*) named offers "$f" ;;
    api_*) named api "$f" ;;
    benchmarks_* | bench_*) put bench "$base" "$f" ;;
    site_*) put site "$base" "$f" ;;
    model_*) put config "$base" "$f" ;;
    gpus_* | power_* | aliases_* | calibration_* | left-out_*) named inputs "$f" ;;
    mustache_* | markdown_* | manifest_* | number_* | escape_* | page_*)
        put "${base%%_*}" "$base" "$f" ;;
    esac
done
for f in data/models/*.json; do
    put config "$(basename "$f")" "$f"
done
for f in data/prices/* src/starter/data/prices/*; do named offers "$f" 6; done
for f in data/api-prices/*; do named api "$f" 6; done
for f in data/benchmarks/*; do plain bench "$f" 2; done
for f in data/calibration/* data/aliases/* src/starter/data/gpus.json; do named inputs "$f" 40; done
put site shipped.json data/site.json
put site starter.json src/starter/data/site.json
put json site.json data/site.json
put json gpus.json src/starter/data/gpus.json
plain csv src/starter/data/prices/offers.csv 9
for f in $(find templates tests/theme -name '*.mustache'); do put mustache "$(basename "$f")" "$f"; done
for f in $(find templates -name '*.md') README.md src/README.md; do
    plain markdown "$f" 60
done

# What no file holds.
mkdir -p "$to/options" "$to/number" "$to/escape" "$to/manifest" "$to/page" "$to/mustache"
i=0
for text in 0 -0 1 0.1 1e308 2.2250738585072014e-308 4.9e-324 1.7976931348623157e308 123456789012345678901 \
    9007199254740993 0.000001 1e22 8.41e21 18446744073709551615 18446744073709551616 1.00000000000000011102230246251565; do
    i=$((i + 1))
    printf '%s' "$text" >"$to/number/$i"
done
printf 'javascript:alert(1)' >"$to/escape/script"
printf '"><script>alert(1)</script>' >"$to/escape/tag"
printf "=HYPERLINK(\"https://example.org\",\"x\")" >"$to/escape/formula"
printf 'https://example.org/a?b=c&d=\303\244#e' >"$to/escape/url"
printf '../../etc/passwd' >"$to/escape/path"
printf -- '-j\n--model=llama\n--gamma\n0.25\n-b16\n--format\ngithub\nfile\n' >"$to/options/all"
printf -- '--date\n2026-11-22\n--url\nhttps://example.org/x\n--tokens\n1e6\n--file=a,b\n--\n-x' >"$to/options/more"
printf -- '--ba\n2\n--gama=1\n--batch=0' >"$to/options/wrong"
printf 'tallypress-manifest 1 0123456789abcdef\n0123456789abcdef 12 index.html 00000000000000ff\nfedcba9876543210 3 a/b.csv\n' \
    >"$to/manifest/two"
printf '</title><script>alert(1)</script>\n" onload="x\n=1+1\njavascript:x\n]]>\n\\) Tj\n-->\n&#x3c;\n' >"$to/page/hostile"
printf '# head\n[a](javascript:x) ![b](https://x)\n\302\240\nplain\n' >"$to/page/markdown"
printf 'same\n' >"$to/page/same"
printf 'Lambda\nH100 \303\227 8\n$1.99\n' >"$to/page/plain"
printf '{{#list}}{{>a}}{{/list}}\036{{name}}{{^list}}{{>b}}{{/list}}\036{{{text}}}' >"$to/mustache/partials"
printf '{{=<%% %%>=}}<%% text %%><%%={{ }}=%%>{{&text}}{{object.object.deep}}' >"$to/mustache/delimiters"

mkdir -p "$to/theme" "$to/diff" "$to/font"
for i in 1 2 3 4; do # what a theme may replace: one piece after the other
    file=$(echo assets/points.css assets/find.js assets/palette.css templates/prose/method.md | cut -d ' ' -f $i)
    { printf '%*s' $((i - 1)) '' | tr ' ' '\036'; head -c 4000 "$file"; } >"$to/theme/$(basename "$file")"
done
printf 'a{content:"<\\/style>"}/*</*x*/style>*/\036// x\nlet a="<!-""-"\n' >"$to/theme/closing"
printf '\036\036\036\036<p>{{title}}{{#blocks}}{{{html}}}{{/blocks}}' >"$to/theme/template"
row='{"rows":[{"gpu":{"value":"H100"},"model":{"value":"m"},"platform":{"value":"p"},"gpus":{"value":"2"},"where":{"value":"p"},
"memory_gb":{"value":80},"parameters":{"value":7e9},"usd_per_million_output":{"value":%s},"output_tokens_per_s":{"value":9},
"gpu_count":{"value":%s},"usd_per_gpu_hour":{"value":%s,"source":"list"},"instance":{"value":"i|<b>"},"region":{"value":"r"}}],
"caption":"$ for Chat: 1 in","columns":[{"key":"usd_per_gpu_hour","source":"s"}]}'
# shellcheck disable=SC2059
{ printf "$row" 1.5 8 2.99; printf '\036'; printf "$row" 1.25 4 2.49; } >"$to/diff/prices"
printf '{"rows":[{"gpu":{"value":"H100"},"memory_gb":{"value":80}}]}\036{"rows":[]}' >"$to/diff/gone"
printf '\000\000\004\000\002' >"$to/font/tables"
printf '\001\000\002\377\377\004\000\060\000\001\010\000\000\377\377' >"$to/font/values"

if [ -d ../shared/samples ]; then
    for f in ../shared/samples/prices/*.* ../shared/samples/formats/*price* ../shared/samples/formats/*cloud* \
        ../shared/samples/formats/skypilot* ../shared/samples/formats/gpuhunt* ../shared/samples/formats/vantage*; do
        [ ! -f "$f" ] || named offers "$f" 8
    done
    for f in ../shared/samples/api/*.* ../shared/samples/api/*/* ../shared/samples/formats/*model*; do
        [ ! -f "$f" ] || named api "$f" 400
    done
    for f in ../shared/samples/formats/*; do plain bench "$f" 400; done
    for f in ../shared/samples/hf_configs/*.json; do
        put config "$(basename "$f")" "$f"
    done
fi
find "$to" -type f -size 0 -delete
for directory in "$to"/*/; do
    echo "$(basename "$directory"): $(ls "$directory" | wc -l) seeds"
done
