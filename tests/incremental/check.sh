#!/bin/sh
# usage: tests/incremental/check.sh TALLYPRESS   A build over an old site keeps the pages whose inputs
# did not change. Whatever changed, the site is what a build from nothing makes, byte for byte, its
# manifest too; and where one price changed most pairs are kept.
set -u
cd "$(dirname "$0")/../.." || exit 1
subject=incremental
tallypress=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
. tests/tally.sh

# Two models, one of which has no API price, and a part of the lists: a build is quick.
mkdir "$work/p"
cp -r data templates assets "$work/p/"
(cd "$work/p/data" && find models benchmarks prices api-prices -type f | while read -r file; do
    case $file in
    */llama-3.3-70b.json | */falcon-7b.json | */article-2025.jsonl) ;;
    */offers-2026.csv | */tpu-2024.csv | */genai-prices-2026-08-21.csv) ;;
    */history-2023-2026.csv) sed -i 500q "$file" ;;
    *) rm "$file" ;;
    esac
done)
offers=data/prices/offers-2026.csv
build() { "$tallypress" build --project "$work/p" --pdf all --quiet "$@" 2>"$work/said"; }
said=$work/said
build --out "$work/site" || exit 1

# Of pairs' pages: model and GPU.
keys() {
    awk 'NF == 4 && $3 ~ "^models/[^/]+/[^/]+[.]html$" && $3 !~ "/index.html$" {
        print $3, $4 }' "$1/.tallypress-manifest" | sort
}
# Builds over the site as it was, and anew: OPTIONs are those of the build.
same() { # WHAT OPTION...
    what=$1
    shift
    keys "$work/site" >"$work/before"
    rm -rf "$work/fresh"
    build --out "$work/site" "$@" && build --out "$work/fresh" "$@" &&
        diff -rq "$work/site" "$work/fresh" >"$work/differs" && ok ||
        bad "$what: $(head -n 1 "$work/differs")"
    keys "$work/site" >"$work/after"
    pairs=$(grep -c . "$work/after")
    kept=$(comm -12 "$work/before" "$work/after" | grep -c .)
}
edit() { # FILE SED: which must change it
    sed "$2" "$work/p/$1" >"$work/edited"
    cmp -s "$work/edited" "$work/p/$1" && bad "no change in $1: $2"
    cp "$work/edited" "$work/p/$1"
}
kept_at_least() { # WHAT PERCENT
    [ "$pairs" -gt 150 ] && [ "$kept" -lt "$pairs" ] && [ $((100 * kept)) -ge $(($2 * pairs)) ] && ok ||
        bad "$1: $kept of $pairs pairs kept"
}

same "nothing"
[ "$kept" -eq "$pairs" ] && ok || bad "nothing changed: $kept of $pairs pairs kept"
count() { "$tallypress" build --project "$work/p" --pdf all --out "$work/site" 2>/dev/null | sed 's/,.*//'; }
[ "$(count)" = "$(rm -r "$work/site" && count)" ] && ok || bad "nothing changed: other pages counted"
edit $offers '2s/,21\.9576,/,1.5,/'
same "a price" && kept_at_least "a price" 95
for page in accuracy/1/index.html gpus/h100-sxm/index.html models/llama-3.3-70b/price/index.html; do
    awk -v page="$page" '$3 == page && NF == 4 { found = 1 } END { exit !found }' \
        "$work/site/.tallypress-manifest" && ok || bad "a price: $page has no key"
done
edit $offers '2s/,1\.5,/,21.9576,/'
edit $offers '3d'
same "a price back, a row less" && kept_at_least "a row less" 95
edit $offers '$a\
Newcomer,x8,H100 SXM,8,80,8.00,,,,nowhere,instance,2026-10-10,somebody,'
same "a new platform, the cheapest" && kept_at_least "a new platform" 95
edit $offers '2i\
Newcomer,x4,H100 SXM,4,80,4.00,,,,nowhere,instance,2026-10-10,somebody,'
same "a row above all others" && kept_at_least "a row above" 95
edit $offers 's/^Newcomer/NewComer/'
same "another name of a platform"
edit $offers '/^NewComer,x8/s/,nowhere,instance,/,elsewhere,component,/'
same "region and kind of an offer"
edit $offers '/^NewComer,x8/s/somebody,$/somebody else,a note/'
same "source and note of an offer"
edit $offers '/^NewComer/s/2026-10-10/2026-09-10/'
same "date of an offer"
edit $offers '/^NewComer,x8/s/,8\.00,,,,/,8.00,5.00,4.00,3.00,/'
same "spot and reserved prices of an offer"
edit $offers '/^NewComer,x8/s/,8\.00,5\.00,/,8.00,0.05,/'
same "a spot price"
edit $offers '/^NewComer,x8/s/,4\.00,3\.00,/,,3.50,/'
same "reserved prices"
edit data/prices/tpu-2024.csv '2s/,1\.2,/,1.1,/'
same "a TPU's price"
edit data/prices/history-2023-2026.csv '2s/,2\.3,/,9.3,/'
same "an old price"
[ "$kept" -eq "$pairs" ] && ok || bad "an old price: $kept of $pairs pairs kept"
edit data/api-prices/genai-prices-2026-08-21.csv '/^avian,Meta-Llama-3.3-70B/s/,0\.45,0\.45,/,9.45,9.45,/'
same "an API price" && kept_at_least "an API price" 45
edit data/api-prices/genai-prices-2026-08-21.csv '/^avian,Meta-Llama-3.3-70B/d'
same "an API price less" && kept_at_least "an API price less" 45
edit $offers '/^NewComer/s/2026-09-10/2026-11-20/'
same "the newest date of all"
echo edited >>"$work/site/models/falcon-7b/l4.html"
rm "$work/site/models/falcon-7b/t4.html"
edit $offers '/^NewComer/s/,4\.00,/,5.00,/'
same "a price, and pages edited and gone"
edit data/gpus.json 's/"bandwidth": "3350 GB\/s"/"bandwidth": "3300 GB\/s"/'
same "a GPU's bandwidth"
edit data/gpus.json '/"visible_memory": "79.18 GiB"/s/79.18/78.18/'
same "what a GPU's programs see of its memory"
edit data/gpus.json 's/"short_name": "H200 SXM"/"short_name": "H200 SXM5"/'
same "a GPU's name"
edit data/power.json '/"id": "DEU"/s/"gco2_per_kwh": /"gco2_per_kwh": 1/'
same "a grid"
edit data/aliases/gpus.csv '2s/$/ it seems/'
same "why a name is joined"
edit data/models/llama-3.3-70b.json 's/"num_key_value_heads": 8/"num_key_value_heads": 16/'
same "a model's heads"
edit data/calibration/vllm.json 's/"link_efficiency": {"value": 0.6/"link_efficiency": {"value": 0.5/'
same "a calibration"
edit data/benchmarks/article-2025.jsonl '/"model": "llama-3.3-70b"/s/"value": /"value": 1/'
same "a measurement"
edit data/benchmarks/article-2025.jsonl '1s/"batch_or_concurrency": 1,/"batch_or_concurrency": 2,/'
same "the batch of a measurement"
edit data/benchmarks/article-2025.jsonl '1s/"engine": "vllm", //'
same "a measurement without its engine"
edit data/site.json 's/"max_price_age_days": 120/"max_price_age_days": 60/'
same "the age limit of prices"
edit templates/combination.mustache '1s|^|<!-- all of {{=<% %>=}}<%#site%><%fingerprint%><%/site%><%={{ }}=%> -->|'
same "a template"
edit $offers '/^NewComer/s/,5\.00,/,6.00,/'
same "a price, in a template that shows all inputs"
[ "$kept" -eq 0 ] && ok || bad "a page that shows all inputs was kept"
edit assets/style.css '$a\
body { color: inherit }'
same "a style"
mv "$work/p/data/prices/tpu-2024.csv" "$work/p/data/prices/tpu.csv"
same "another name of a price list"
rm "$work/p/data/api-prices/genai-prices-2026-08-21.csv"
same "a price list less"
sed 's/Llama 3.3 70B/Another/; s/"llama-3.3-70b"/"another"/' "$work/p/data/models/llama-3.3-70b.json" \
    >"$work/p/data/models/another.json"
same "a model more"
rm "$work/p/data/models/another.json"
same "a model less"
same "a date" --as-of 2026-08-31
same "an address" --base-url https://example.org/x/
tally
