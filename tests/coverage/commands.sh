#!/bin/sh
# usage: tests/coverage/commands.sh TALLYPRESS   Every command with every option, for coverage: what
# the answers say is tested elsewhere.
set -u
cd "$(dirname "$0")/../.." || exit 1
t=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
small=$work/p
"$t" init "$small"
cp data/models/llama-3.1-8b.json data/models/deepseek-v3.json data/models/qwen3-30b-a3b.json data/models/gemma-2-9b.json "$small/data/models/" 2>/dev/null ||
    { mkdir -p "$small/data/models" && cp data/models/llama-3.1-8b.json data/models/deepseek-v3.json data/models/qwen3-30b-a3b.json "$small/data/models/"; }
for c in "" build init check estimate accuracy calibrate params training offers sweep diff report; do
    "$t" $c --help
    "$t" $c --no-such-option
done
"$t"
"$t" help
"$t" biuld
"$t" --version
whole=$work/whole
"$t" build --out "$whole" --jobs 2
"$t" build --out "$whole" --explain
"$t" build --project "$small" --out "$work/s" --base-url https://example.org/x
"$t" build --project "$small" --out "$work/s" --explain --base-url https://example.org/x
sed -i 's/"title": *"/&New /' "$small/data/site.json"
"$t" build --project "$small" --out "$work/s" --explain --durable --pdf none
for i in 1/2 2/2; do "$t" build --project "$small" --shard $i --out "$work/part-${i%/*}"; done
"$t" build --project "$small" --merge "$work/part-1" "$work/part-2" --out "$work/merged"
"$t" build --project "$small" --as-of 2026-09-01 --out "$work/s" --pdf none --quiet
"$t" build --project "$small" --pdf all --out "$work/s" --quiet
"$t" check --project "$small"
"$t" check
for format in text json github; do "$t" check --format $format --strict --max-age 30; done
for extra in "" "--json" "--engine vllm" "--engine first-principles --json" "--count 4 --batch 16" "--weights awq --kv fp8" \
    "--input 30000 --output 2000" "--batch 100000" "--count 3" "--weights mxfp4" "--curve context" "--curve batch --json" \
    "--serving static --compute-efficiency 0.6 --memory-efficiency 0.7 --batch max" "--price 2 --gamma 0.2 --utilisation 0.3" \
    "--region us-east-1 --pue 1.1" "--region nowhere"; do
    for model in llama-3.3-70b deepseek-v3 qwen3-next-80b-a3b gpt-oss-120b mamba2 nope data/models/glm-4.5.json; do
        "$t" estimate --model $model --gpu H100 $extra
    done
    "$t" estimate --model llama-3.1-8b --gpu "RTX 4090" $extra
done
for gpu in A100 nope "Apple M2 Ultra" mi300x; do "$t" estimate --model llama-3.1-8b --gpu "$gpu"; done
"$t" params data/models/*.json
"$t" params --json data/models/llama-3.1-8b.json data/models/deepseek-v3.json tests/bad/model_unknown-type.json
[ ! -d ../shared/samples/hf_configs ] || "$t" params --json ../shared/samples/hf_configs/*.json
[ ! -d ../shared/samples/hf_configs ] || "$t" params ../shared/samples/hf_configs/*.json
"$t" params /nowhere
for method in full lora qlora; do
    for extra in "" "--json" "--count 64" "--optimizer lion --zero 1" "--optimizer adafactor --recompute none" "--offload optimizer" \
        "--offload all --zero 3" "--tensor-parallel 8 --pipeline-parallel 2 --count 16 --virtual-stages 2 --sequence-parallel" \
        "--price 2.5 --tokens 1e12 --json" "--rank 64 --targets all-linear" "--targets attention --dropout" "--optimizer muon --zero 0" \
        "--optimizer sgd --zero 2 --recompute selective --no-flash-attention" "--optimizer sgd-momentum" "--optimizer adamw-8bit --gradient-bytes 4"; do
        "$t" training --model llama-3.1-8b --gpu H100 --method $method $extra
        "$t" training --model deepseek-v3 --gpu H200 --method $method $extra
    done
done
for extra in "" "--json" "--workload chat" "--workload rag --top 5" "--requests-per-month 1e7" "--price spot" "--price reserved-1y --stale" \
    "--cached 0.5 --by platform" "--by gpu --json --requests-per-month 1e6" "--engine first-principles --weights any" "--ttft 0.5 --tpot 0.02" \
    "--capex 30000 --life 3 --residual 0.1 --power 1200 --electricity 0.1 --hosting 100 --requests-per-month 1e8" "--input 100 --output 900"; do
    "$t" offers --model llama-3.3-70b $extra
    "$t" offers --model gemma-2-2b $extra
done
for format in csv jsonl; do
    "$t" sweep --models qwen3-32b,llama-3.1-8b --gpus h100-sxm,h200-sxm,rtx-4090 --format $format
    "$t" sweep --models deepseek-v3 --engine first-principles --format $format --jobs 2
done
"$t" accuracy
for extra in --summary --json "--engine vllm" "--engine first-principles --compute-efficiency 0.6 --summary" "--benchmarks data/benchmarks/article-2025.jsonl --json"; do "$t" accuracy $extra; done
for f in tests/bad/bench* ../shared/samples/formats/*; do
    [ -f "$f" ] || continue
    "$t" accuracy "$f"
    "$t" accuracy "$f" --model llama-3.3-70b --gpu h100-sxm --engine vllm --input 512 --output 128 --batch 8
done
"$t" calibrate --engine llama.cpp --holdout none -o "$work/calibration.json"
"$t" calibrate --engine llama.cpp --holdout source --project "$small"
cp -r "$small" "$work/other"
sed -i '2s/6.88/9.99/; 3d' "$work/other/data/prices/offers.csv"
rm -f "$work/other/data/models/deepseek-v3.json"
for extra in "" "--format json" "--format markdown" "--fail-on price:5%" "--fail-on best:1%" "--fail-on coverage"; do
    "$t" diff "$small" "$work/other" $extra
    "$t" diff "$work/other" "$small" $extra
done
"$t" diff "$work/s" "$work/merged"
for extra in "-o $work/r.pdf" "-o $work/r.html" "--gpu H200 -o $work/r.pdf" "--gpu H200 --count 2 --weights fp8 -o $work/r.html" \
    "--gpu H100 --input 100 --output 900 --kv fp8 --engine first-principles --base-url https://example.org/ -o $work/r.html" "-o $work/r.txt"; do
    "$t" report --model llama-3.3-70b $extra
done
"$t" report --model llama-3.3-70b
for f in tests/bad/*; do # each bad input where a project would have it
    case $f in
    *.expected) continue ;;
    */prices_*) to=prices/x ;;
    */api_*) to=api-prices/x ;;
    */benchmarks_*) to=benchmarks/x ;;
    */site_*) to=site ;;
    */gpus_*) to=gpus ;;
    */power_*) to=power ;;
    */model_*) to=models/x ;;
    */aliases_*) to=aliases/gpus ;;
    *) continue ;;
    esac
    rm -rf "$work/bad" && cp -r "$small" "$work/bad"
    mkdir -p "$work/bad/data/$(dirname $to)"
    cp "$f" "$work/bad/data/$to.${f##*.}"
    "$t" check --project "$work/bad"
done
if unshare -m true 2>/dev/null; then # a site that cannot be swapped
    mkdir "$work/mount"
    unshare -m sh -c "mount -t tmpfs tmpfs $work/mount && '$t' build --project '$small' --pdf none --out $work/mount &&
        sed -i 's/\"title\": *\"/&Mount /' $small/data/site.json && rm $small/data/models/deepseek-v3.json &&
        '$t' build --project '$small' --pdf none --out $work/mount --explain"
fi
exit 0
