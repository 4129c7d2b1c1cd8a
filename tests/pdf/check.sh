#!/bin/sh
# usage: tests/pdf/check.sh SITE [REPORT.pdf...]   Every report and the guide of a built site, and
# more reports: other tools read them without a warning, they are tagged with a title, no word lies
# beyond a margin or on another, and the text holds the numbers of the page.
set -u
cd "$(dirname "$0")/../.." || exit 1
site=$1
shift
for tool in qpdf pdfinfo pdftotext node; do
    command -v $tool >/dev/null || { echo "no $tool"; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/texts" "$work/boxes"
count=0 bad=0
fault() {
    bad=$((bad + 1))
    [ $bad -gt 5 ] || { echo "$1: $2"; head -n 3 "$work/said"; }
}
find "$site" -name '*.pdf' | sort >"$work/list"
for more; do echo "$more" >>"$work/list"; done
while read -r file; do
    count=$((count + 1))
    name=$(basename "$(dirname "$file")")
    [ "$(basename "$file")" = report.pdf ] && [ -f "$site/models/$name/index.json" ] || name=
    qpdf --check "$file" >"$work/said" 2>&1 && ! grep -q WARNING "$work/said" || fault "$file" qpdf
    pdfinfo "$file" >"$work/info" 2>"$work/said" && [ ! -s "$work/said" ] || fault "$file" pdfinfo
    grep -q '^Tagged: *yes' "$work/info" && grep -q '^Title: *[^ ]' "$work/info" ||
        fault "$file" "no tags or no title"
    pdftotext -bbox "$file" "$work/boxes/$count" 2>"$work/said" && [ ! -s "$work/said" ] ||
        fault "$file" pdftotext
    [ -z "$name" ] || pdftotext -layout "$file" "$work/texts/$name.txt"
done <"$work/list"
[ "$(ls "$work/texts")" ] || { echo "no report of a model"; exit 1; }
[ -f "$site/guide.pdf" ] || { echo "no guide.pdf"; bad=$((bad + 1)); }
node tests/pdf/bounds.mjs "$work"/boxes/* || bad=$((bad + 1))
node tests/pdf/numbers.mjs "$site" "$work/texts" || bad=$((bad + 1))
echo "$count reports, $bad faults"
[ "$bad" -eq 0 ]
