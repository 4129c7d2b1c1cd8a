#!/bin/sh
# usage: src/setup/deb.sh TALLYPRESS OUT_DIR   A Debian package of the built program.
set -eu
cd "$(dirname "$0")/../.."
version=$("$1" --version | cut -d' ' -f2)
architecture=$(dpkg --print-architecture)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
make -s install DESTDIR="$tree" PREFIX=/usr
mkdir -p "$tree/DEBIAN"
# What it is linked against, as package names.
needs=$(objdump -p "$1" | awk '/NEEDED/ {print $2}' | while read -r library; do
    path=$(ldconfig -p | awk -v l="$library" '$1 == l {print $NF; exit}')
    dpkg -S "$(realpath "$path")" 2>/dev/null || dpkg -S "$path" 2>/dev/null || dpkg -S "*/$library"
done | cut -d: -f1 | sort -u | paste -sd, | sed 's/,/, /g')
cat >"$tree/DEBIAN/control" <<CONTROL
Package: tallypress
Version: $version
Architecture: $architecture
Maintainer: tallypress maintainers <maintainers@localhost>
Section: utils
Priority: optional
Depends: $needs
Description: what language models cost on which GPU at which platform
 Reads model configs, GPU specifications, price lists and benchmark results
 and writes a web site of self-contained pages with PDF reports.
CONTROL
mkdir -p "$2"
chmod -R u=rwX,go=rX "$tree"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-0} dpkg-deb --root-owner-group -b "$tree" \
    "$2/tallypress_${version}_$architecture.deb"
