#!/bin/sh
# usage: src/setup/install.sh build|test|check|fuzz [--here]
# Finds what is missing by trying headers and programs, and installs it with apt-get when root.
# Otherwise says the exact command. --here needs no root: it downloads the Debian packages of the
# libraries and unpacks them below .deps/, where the Makefile looks. Programs and the C library it
# leaves to root.
set -eu
want=${1:-build}
here=${2:-}
CC=${CC:-cc}
root=$(cd "$(dirname "$0")/../.." && pwd)
missing="" programs=""

need_program() { # PROGRAM PACKAGE
    command -v "$1" >/dev/null 2>&1 || programs="$programs $2"
}
has_header() {
    if command -v "$CC" >/dev/null 2>&1; then
        printf '#include <stddef.h>\n#include <stdarg.h>\n#include <stdint.h>\n#include <setjmp.h>\n#include <stdio.h>\n#include <%s>\n' "$1" |
            "$CC" -I"$root/.deps/usr/include" -fsyntax-only -x c - >/dev/null 2>&1
    else
        [ -e "/usr/include/$1" ]
    fi
}
need_header() { # HEADER PACKAGE
    has_header "$1" || missing="$missing $2"
}

probe_build() {
    need_program "$CC" gcc
    has_header stdlib.h || programs="$programs libc6-dev"
    need_header cmark.h libcmark-dev
    need_header cjson/cJSON.h libcjson-dev
    need_header hpdf.h libhpdf-dev
    need_header csv.h libcsv-dev
    need_header xxhash.h libxxhash-dev
    need_header sha2.h libmd-dev
    need_header nlopt.h libnlopt-dev
    need_header libdeflate.h libdeflate-dev
}
probe_test() {
    need_header cmocka.h libcmocka-dev
    need_program qpdf qpdf
    need_program pdftotext poppler-utils
}
probe_check() {
    probe_test
    need_program gcc gcc
    need_program clang clang
    need_program clang-format clang-format
    need_program clang-tidy clang-tidy
    need_program cppcheck cppcheck
    need_program xmllint libxml2-utils
    need_program node nodejs
    need_program npm npm
    need_program git git
    need_program java default-jre-headless
    need_program chromium chromium
    need_program dpkg-deb dpkg
    need_program man man-db
    need_program shellcheck shellcheck
    need_program parallel parallel
    need_program sbatch slurm-client
    need_program slurmctld slurmctld
    need_program slurmd slurmd
    need_program munged munge
    need_program clang-14 clang-14
    need_program wasm-ld-14 lld-14
    [ -d /usr/lib/wasm32-wasi ] || programs="$programs wasi-libc"
    [ -d /usr/lib/llvm-14/lib/clang/14.0.6/lib/wasi ] ||
        programs="$programs libclang-rt-14-dev-wasm32"
}

probe_fuzz() {
    need_program clang clang
    need_program make make
    printf 'int LLVMFuzzerTestOneInput(void) { return 0; }' |
        clang -fsanitize=fuzzer,address -o /dev/null -x c - >/dev/null 2>&1 ||
        programs="$programs libclang-rt-14-dev"
    [ "${FUZZER:-}" != afl ] || need_program afl-clang-fast afl++
}

probe() {
    missing="" programs=""
    probe_build
    case $want in
    test) probe_test ;;
    check) probe_check ;;
    fuzz) probe_fuzz ;;
    esac
    [ "$here" = --here ] || missing="$programs$missing"
}

# Without root: unpack the development packages, and what they need, below .deps/.
install_here() {
    mkdir -p "$root/.deps/archives"
    cd "$root/.deps/archives"
    wanted=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts \
        --no-breaks --no-replaces --no-enhances $missing | grep '^[a-z]' | sort -u |
        grep -v -e '^libc6' -e '^gcc' -e '^libgcc' -e '^linux-libc' -e '^debconf' -e '^perl' \
            -e '^dpkg' -e '^python' -e '^cdebconf')
    # shellcheck disable=SC2086
    apt-get download $wanted
    for archive in *.deb; do dpkg -x "$archive" "$root/.deps"; done
    rm -rf "$root/.deps/archives"
    if [ -d "$root/.deps/lib" ]; then # as a merged /usr has it
        cp -a "$root/.deps/lib/." "$root/.deps/usr/lib/"
        rm -rf "$root/.deps/lib"
    fi
    # Links that say /lib/...: the library lies beside them now.
    find "$root/.deps/usr/lib" -xtype l -name '*.so' | while read -r link; do
        ln -sf "$(basename "$(readlink "$link")")" "$link"
    done
}

probe
if [ "$here" = --here ] && [ -n "$programs" ]; then
    echo "--here unpacks libraries only; as root:  apt-get install -y --no-install-recommends$programs"
    exit 3
fi
[ -n "$missing" ] || exit 0
if [ "$here" = --here ]; then
    command -v apt-get >/dev/null 2>&1 || { echo "--here needs apt-get"; exit 3; }
    install_here
elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing:$missing"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } \
        </dev/null >"${TMPDIR:-/tmp}/tallypress-apt.log" 2>&1 || {
        tail -n 20 "${TMPDIR:-/tmp}/tallypress-apt.log"
        exit 3
    }
else
    echo "These Debian packages are missing:$missing"
    echo "As root:       apt-get install -y --no-install-recommends$missing"
    echo "Without root:  src/setup/install.sh $want --here   (libraries only; unpacks them in .deps/)"
    exit 3
fi
probe
[ -z "$missing" ] || { echo "still missing after installing:$missing"; exit 3; }
