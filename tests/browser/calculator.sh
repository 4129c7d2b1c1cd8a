#!/bin/sh
# usage: tests/browser/calculator.sh OUT.wasm
# Compiles the engine for browsers. Debian: clang-14 lld-14 wasi-libc libclang-rt-14-dev-wasm32.
# Exit status 77 when these are not installed. Run it with assets/calculator.wasm when src/engine
# has changed; the browser checks compare the two.
set -eu
out=$1
cd "$(dirname "$0")/../.."
command -v clang-14 >/dev/null && command -v wasm-ld-14 >/dev/null &&
    [ -d /usr/lib/wasm32-wasi ] || { echo 'clang-14, lld-14 or wasi-libc is missing' >&2; exit 77; }
engine=src/engine
clang-14 --target=wasm32-wasi -Oz -std=c11 -D_GNU_SOURCE -DNDEBUG -ffp-contract=off -Isrc \
    -flto -mbulk-memory -mnontrapping-fptoint -msign-ext -include tests/browser/calculator_math.h \
    -nostartfiles -Wl,--no-entry -Wl,--strip-all -Wl,--gc-sections -o "$out" tests/browser/calculator.c \
    $engine/portable.c $engine/estimate.c $engine/memory.c $engine/memory_fit.c \
    $engine/memory_engine.c $engine/parameters.c $engine/first_principles.c \
    $engine/first_principles_lines.c $engine/first_principles_sum.c $engine/calibrated.c \
    $engine/step.c $engine/serve.c $engine/shape.c $engine/cost.c src/catalog/precision.c \
    src/catalog/gpu.c src/catalog/calibration.c src/base/str.c -lm
