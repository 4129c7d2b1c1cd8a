#!/bin/sh
# usage: tests/fault/pathological.sh TALLYPRESS   Inputs made to hang or to fill the memory: deep, wide,
# long, huge, self-including, a thousand times the same. Each is refused with its code, or taken,
# within 10 CPU seconds and 1.5 GB.
set -u
cd "$(dirname "$0")/../.." || exit 1
subject=pathological
. tests/fault/trial.sh
# What memory an address sanitizer takes cannot be limited so.
limits="ulimit -t 10; ulimit -v 1500000"
case $tallypress in */asan/*) limits="ulimit -t 60" ;; esac

within() { # STATUS CODE WHAT COMMAND...: ends so within the limits; CODE "-": nothing to be said
    want=$1 code=$2 what=$3
    shift 3
    sh -c "$limits; ulimit -c 0; exec \"\$@\"" _ "$@" >"$work/out" 2>"$work/err"
    got=$?
    if [ "$got" -ne "$want" ]; then
        bad "$what: exit status $got, not $want: $(head -c 300 "$work/err")"
    elif [ "$code" != - ] && ! grep -qF "[$code]" "$work/err"; then
        bad "$what: no [$code]: $(head -c 300 "$work/err")"
    else
        ok
    fi
    rm -f "$work/in"
}
times_of() { # TEXT COUNT: the text so many times
    yes -- "$1" | head -n "$2" | tr -d '\n'
}
of_char() { # CHARACTER BYTES
    head -c "$2" /dev/zero | tr '\0' "$1"
}
params() { within "$1" "$2" "$3" "$tallypress" params "$work/in"; }
bench() { within "$1" "$2" "$3" "$tallypress" accuracy "$work/in" --model llama-2-7b --gpu h100-sxm; }

# A project of its own for each: the starter, and the file on trial in its place.
"$tallypress" init -q "$work/starter" || exit 1
mkdir -p "$work/starter/data/models"
cp data/models/llama-2-7b.json "$work/starter/data/models/"
place() { # PATH: the input becomes that file of a fresh project
    rm -rf "$work/p" && cp -r "$work/starter" "$work/p" && mkdir -p "$work/p/$(dirname "$1")"
    mv "$work/in" "$work/p/$1"
}
check() { # STATUS CODE WHAT PATH
    place "$4"
    within "$1" "$2" "$3" "$tallypress" check -q --project "$work/p"
}
build() { # STATUS CODE WHAT PATH
    place "$4"
    within "$1" "$2" "$3" "$tallypress" build -q --pdf none --project "$work/p" --out "$work/site"
}

# JSON
of_char '[' 1000000 >"$work/in"
params 1 json-depth "a million brackets"
times_of '{"a":' 1000000 >"$work/in"
params 1 json-depth "a million objects in each other"
of_char ' ' 100000000 >"$work/in"
params 1 too-large "100 MB of blanks"
of_char ' ' 60000000 >"$work/in"
params 1 json-syntax "60 MB of blanks"
{ printf '{"num_hidden_layers": '; of_char 9 1000000; echo '}'; } >"$work/in"
params 1 json-number "a number of a million digits"
{ printf '{"num_hidden_layers": 0.'; of_char 0 1000000; echo '1}'; } >"$work/in"
params 1 - "a fraction of a million digits"
printf '{"num_hidden_layers": 1e999999999}' >"$work/in"
params 1 json-number "an exponent of nine digits"
{ printf '{"model_type": "'; of_char x 40000000; echo '"}'; } >"$work/in"
params 1 - "a text of 40 MB"
{ printf '{"'; of_char k 40000000; echo '": 1}'; } >"$work/in"
params 1 - "a key of 40 MB"
{ printf '{"a": "'; of_char '\\' 20000000; } >"$work/in"
params 1 json-syntax "20 MB of backslashes without an end"
{ printf '{"a": "'; of_char '\377' 20000000; echo '"}'; } >"$work/in"
params 1 json-utf8 "20 MB of bytes that are no UTF-8"
{ echo '{"a": 0'; awk 'BEGIN {for (i = 0; i < 400000; i++) printf ",\"k%d\": %d\n", i, i}'; echo '}'; } >"$work/in"
params 1 - "400,000 keys"
{ echo '{"a": 0'; times_of ',"a": 1' 400000; echo '}'; } >"$work/in"
params 1 json-duplicate-key "one key 400,000 times"
{ printf '{"a": ['; times_of '[],' 2000000; echo '0]}'; } >"$work/in"
params 1 - "two million lists"
sed 's/"num_hidden_layers": *32/"num_hidden_layers": 4000000000/' data/models/llama-2-7b.json >"$work/in"
params 1 - "four billion layers"
sed 's/"num_hidden_layers": *32/"num_hidden_layers": 900000, "layer_types": ["x"]/' data/models/llama-2-7b.json >"$work/in"
params 1 - "900,000 layers"
times_of '{"total_size": 1} ' 300000 >"$work/in"
params 1 json-trailing "300,000 values where one belongs"

# Rows of measurements
yes '{"metric": "x", "value": [' | head -n 200000 >"$work/in"
bench 1 - "200,000 broken rows"
yes '{"metric": "output_tokens_per_s", "value": 100, "scenario": "fixed-batch", "input_tokens": 128, "output_tokens": 128, "batch_or_concurrency": 4, "engine": "vllm"}' |
    head -n 20000 >"$work/in"
bench 0 - "one row 20,000 times"
of_char '[' 30000000 >"$work/in"
bench 1 json-depth "30 MB of brackets as rows"
of_char '|' 30000000 >"$work/in"
bench 1 - "a table of 30 million empty columns"

# CSV
header=$(head -n 1 src/starter/data/prices/offers.csv)
row='P,i,H100 SXM,1,80,2.5,,,,r,instance,2026-10-10,s,'
times_of 'c,' 1000000 >"$work/in"
check 1 csv-columns "a million columns" data/prices/x.csv
times_of '{{>nowhere}}' 18000 >"$work/in"
build 1 template-unknown-partial "18,000 partials that are not there" templates/index.mustache
{ echo "$header"; of_char x 50000000; } >"$work/in"
check 1 - "a line of 50 MB" data/prices/x.csv
{ echo "$header"; of_char '"' 20000001; } >"$work/in"
check 1 - "20 million quotes" data/prices/x.csv
{ echo "$header"; of_char ',' 20000000; } >"$work/in"
check 1 csv-columns "20 million commas" data/prices/x.csv
{ echo "$header"; of_char '\n' 30000000; } >"$work/in"
check 0 - "30 million empty lines" data/prices/x.csv
of_char ' ' 100000000 >"$work/in"
check 1 too-large "100 MB of blanks as prices" data/prices/x.csv
{ echo "$header"; yes "$row" | head -n 100000; } >"$work/in"
check 0 - "one price 100,000 times" data/prices/x.csv
{ echo "$header"; awk 'BEGIN {for (i = 0; i < 50000; i++) printf "P%d,i,GPU %d,1,80,2.5,,,,r,instance,2026-10-10,s,\n", i, i}'; } >"$work/in"
check 0 - "50,000 platforms with a GPU each that nobody knows" data/prices/x.csv
{ echo "$header"; awk 'BEGIN {for (i = 0; i < 150000; i++) printf "P%d,i,H100 SXM,1,80,%d,,,,r,instance,2026-10-10,s,\n", i, 20 + i % 17}'; } >"$work/in"
check 0 - "150,000 sellers of one GPU" data/prices/x.csv
{ echo "$header"; printf 'P,i,H100 SXM,1,80,'; of_char 9 10000000; echo ',,,,r,instance,2026-10-10,s,'; } >"$work/in"
check 1 - "a price of ten million digits" data/prices/x.csv
{ echo "$header"; yes 'P,i,H100 SXM,1,80,free' | head -n 200000; } >"$work/in"
check 1 - "200,000 faulty rows" data/prices/x.csv

# The catalog
{ printf '{"sources": {}, "gpus": ['; times_of '{"id": "a"},' 20000; echo '{"id": "a"}]}'; } >"$work/in"
check 1 - "one GPU 20,000 times" data/gpus.json
mkdir -p "$work/many"
i=0
while [ $i -lt 1000 ]; do
    i=$((i + 1))
    ln "$work/starter/data/models/llama-2-7b.json" "$work/many/$i.json"
done
: >"$work/in"
place data/none
rm -r "$work/p/data/models" && cp -rl "$work/many" "$work/p/data/models"
within 1 duplicate-id "one model a thousand times" "$tallypress" check -q --project "$work/p"
sed 's/"batches": *\[/&1'"$(times_of ,1 100000 | head -c 100000)"',/' "$work/starter/data/site.json" >"$work/in"
check 1 - "50,000 batches" data/site.json
sed "s/\"title\": *\"/&$(of_char t 100000)/" "$work/starter/data/site.json" >"$work/in"
build 0 - "a title of 100,000 letters" data/site.json

# Templates and prose
echo '{{>crumbs}}' >"$work/in"
build 1 template-recursion "a partial that includes itself" templates/crumbs.mustache
times_of '{{>crumbs}}' 100 >"$work/in"
build 1 template-recursion "a partial that includes itself a hundred times" templates/crumbs.mustache
{ times_of '{{#a}}' 20000; times_of '{{/a}}' 20000; } >"$work/in"
build 1 template-nesting "20,000 sections in each other" templates/index.mustache
of_char '{' 200000 >"$work/in"
build 1 - "200,000 braces" templates/index.mustache
times_of '{{title}}' 28000 >"$work/in"
build 0 - "one name 28,000 times" templates/index.mustache
of_char x 1000000 >"$work/in"
build 1 template-size "a template of 1 MB" templates/index.mustache
for deep in '> ' '* ' '- 1. '; do
    times_of "$deep" $((60000 / ${#deep})) >"$work/in"
    build 1 markdown-nesting "Markdown of $deep" templates/prose/method.md
done
for deep in '[' '*a_ ' '![' '`' '<' '[a](' '&#' '\\' '[a]: x "' '***' '|'; do
    times_of "$deep" $((60000 / ${#deep})) >"$work/in"
    build 0 - "Markdown of $deep" templates/prose/method.md
done
of_char '#' 1000000 >"$work/in"
build 1 - "Markdown of 1 MB" templates/prose/method.md

# Words of a command
long=$(of_char m 120000)
within 2 unknown-model "a model's name of 120,000 letters" "$tallypress" estimate --model "$long" --gpu h100-sxm
within 2 unknown-gpu "a GPU's name of 120,000 letters" "$tallypress" estimate --model llama-2-7b --gpu "$long"
within 2 usage "an option of 120,000 letters" "$tallypress" estimate "--$long"
within 2 usage "a command of 120,000 letters" "$tallypress" "$long"
within 2 usage "a number of 120,000 digits" "$tallypress" estimate --model llama-2-7b --gpu h100-sxm \
    --batch "$(of_char 9 120000)"
within 2 unknown-model "60,000 models" "$tallypress" sweep --models "$(times_of a, 60000)" --gpus h100-sxm
within 3 io-open "30,000 files that are not there" "$tallypress" params $(yes /nowhere | head -n 30000)

tally
