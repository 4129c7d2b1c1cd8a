#!/bin/sh
# usage: src/setup/deb.sh TALLYPRESS OUT_DIR   A Debian package of the built program.
set -eu
cd "$(dirname "$0")/../.."
program=$1
version=$("$program" --version | cut -d' ' -f2)
architecture=$(dpkg --print-architecture)
# The same bytes from the same program: no date of today in it.
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-1000000000}"
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
make -s install DESTDIR="$tree" PREFIX=/usr BUILD="$(dirname "$1")"
strip --remove-section=.comment --remove-section=.note "$tree/usr/bin/tallypress"
gzip -9n "$tree/usr/share/man/man1/tallypress.1"
doc=$tree/usr/share/doc/tallypress
mkdir -p "$tree/DEBIAN" "$doc"
cp data/README.md "$doc/data.md"
cat >"$doc/copyright" <<COPYRIGHT
tallypress carries no licence of its own in this version.
The origins and licences of the data inside it are in /usr/share/doc/tallypress/data.md.
COPYRIGHT
gzip -9n >"$doc/changelog.gz" <<CHANGELOG
tallypress ($version) unstable; urgency=low

  * Built from its sources.

 -- tallypress maintainers <tallypress@example.org>  $(date -u -R -d "@$SOURCE_DATE_EPOCH")
CHANGELOG
# What it is linked against, as package names; a library of .deps/ is in none.
package_of() { # LIBRARY
    path=$(ldd "$program" | awk -v l="$1" '$1 == l {print $3}')
    { dpkg -S "$(realpath "$path")" || dpkg -S "$path" || dpkg -S "*/$1"; } 2>/dev/null | cut -d: -f1
}
needs=""
for library in $(objdump -p "$program" | awk '/NEEDED/ {print $2}'); do
    package=$(package_of "$library")
    [ -n "$package" ] || { echo "no Debian package has $library: install it before packing"; exit 3; }
    needs="$needs$package
"
done
needs=$(printf %s "$needs" | sort -u | paste -sd, | sed 's/,/, /g')
cat >"$tree/DEBIAN/control" <<CONTROL
Package: tallypress
Version: $version
Architecture: $architecture
Maintainer: tallypress maintainers <tallypress@example.org>
Section: utils
Priority: optional
Depends: $needs
Description: what language models cost on which GPU at which platform
 Reads model configs, GPU specifications, price lists and benchmark results
 and writes a web site of self-contained pages with PDF reports.
CONTROL
mkdir -p "$2"
chmod -R u=rwX,go=rX "$tree"
find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -b "$tree" "$2/tallypress_${version}_$architecture.deb"
