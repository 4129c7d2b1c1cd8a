#!/bin/sh
# usage: tests/fault/hostile.sh TALLYPRESS   Names that want out: of the output directory, through
# links in it, by ids, by odd file names; and outputs that are closed, full or limited.
set -u
cd "$(dirname "$0")/../.." || exit 1
subject=hostile
. tests/fault/trial.sh
said=$work/err
run() { # WANTED-STATUS WHAT COMMAND...
    want=$1 what=$2
    shift 2
    timeout 60 "$@" >"$work/out" 2>"$work/err"
    got=$?
    [ "$got" -eq "$want" ] && ok || bad "$what: exit status $got, not $want"
}
nl='
'
"$tallypress" init "$work/p" >/dev/null || exit 1
mkdir -p "$work/p/data/models"
cp data/models/llama-2-7b.json "$work/p/data/models/"

# Places of any name.
long=$(printf 'n%.0s' $(seq 200))
for name in "with space" "quote\"'s" "new${nl}line" "umlaut-ä-日本-😀" "$(printf 'latin-\344')" "-dash" \
    "\$(touch x)" "back\\slash" "$long" "*?[a]" "%s%n" ".dot"; do
    mkdir -p "$work/places/$name"
    cp -r "$work/p/data" "$work/places/$name/data"
    run 0 "place $name" "$tallypress" build --quiet --pdf none --project "$work/places/$name" \
        --out "$work/places/$name/site"
    run 0 "again $name" "$tallypress" build --quiet --pdf none --project "$work/places/$name" \
        --out "$work/places/$name/site"
    [ -s "$work/places/$name/site/index.html" ] && ok || bad "place $name: no site"
done

# Ids: refused with a code and a place, or a page of their own.
id_of() { # FIELD-VALUE: a model with that id, as JSON text
    rm -f "$work/p/data/models/"*
    sed "s|\"id\": *\"[^\"]*\"|\"id\": \"$1\"|" data/models/llama-2-7b.json >"$work/p/data/models/m.json"
}
for id in '-' '../x' '/etc/x' 'a/b' '..' '.' '' '.hidden' 'a b' 'A' 'ä' 'a\\u0000b' '.tallypress-stage' \
    '<script>' 'a%2f..' 'a\\\\b' "$long$long"; do
    id_of "$id"
    run 1 "id $id" "$tallypress" build --quiet --pdf none --project "$work/p" --out "$work/ids"
    grep -q 'm.json:[0-9]*:[0-9]*: error: \[' "$work/err" && ok || bad "id $id: no place said"
    [ -z "$(find "$work" -name '*etc*' -o -path "$work/x*")" ] && ok || bad "id $id: wrote elsewhere"
done
for id in con nul aux index.html index.json models gpus 404.html prices.csv x-1 a..b; do
    id_of "$id"
    run 0 "id $id" "$tallypress" build --quiet --pdf none --project "$work/p" --out "$work/ids"
    [ -s "$work/ids/models/$id/index.html" ] && ok || bad "id $id: no page"
done
rm -f "$work/p/data/models/"*
for n in 1 2; do cp data/models/llama-2-7b.json "$work/p/data/models/$n.json"; done
run 1 "one id twice" "$tallypress" build --quiet --pdf none --project "$work/p" --out "$work/ids"
grep -q 'duplicate-id' "$work/err" && ok || bad "one id twice: not said"
rm "$work/p/data/models/2.json"

# Platforms whose slugs collide keep pages of their own.
cp -r "$work/p" "$work/slugs"
{
    head -n 1 "$work/slugs/data/prices/offers.csv"
    for platform in 東京 大阪 "$long-a" "$long-b" '!!!' '???'; do
        echo "$platform,i,H100 SXM,1,80,2.5,,,,r,instance,2026-10-10,s,"
    done
} >"$work/slugs.csv"
mv "$work/slugs.csv" "$work/slugs/data/prices/offers.csv"
run 0 "slugs" "$tallypress" build --quiet --pdf none --project "$work/slugs" --out "$work/slugged"
[ "$(find "$work/slugged/platforms" -mindepth 1 -maxdepth 1 -not -name '*.*' | wc -l)" -eq 6 ] && ok || bad "slugs: $(ls "$work/slugged/platforms")"

# Links in the site must not lead out, whether it is swapped or filled in place.
links() { # OUT HOW
    mkdir -p "$work/outside" "$1"
    echo precious >"$work/outside/index.html"
    run 0 "$2: first" "$tallypress" build --quiet --pdf none --project "$work/p" --out "$1"
    rm -rf "$1/models" "$1/index.html" "$1/gpus"
    ln -s "$work/outside" "$1/models"
    ln -s "$work/outside/index.html" "$1/index.html"
    ln -s /dev "$1/gpus"
    sed -i 's/"title": *"/&Link /' "$work/p/data/site.json"
    timeout 60 "$tallypress" build --quiet --pdf none --project "$work/p" --out "$1" >"$work/out" 2>"$work/err"
    got=$?
    { [ $got -eq 0 ] || [ $got -eq 3 ]; } && ok || bad "$2: exit status $got"
    [ "$(ls -A "$work/outside")" = index.html ] && [ "$(cat "$work/outside/index.html")" = precious ] &&
        ok || bad "$2: wrote through a link: $(ls -A "$work/outside")"
    rm -rf "$work/outside"
}
links "$work/linked" "links, swapped"
if unshare -m true 2>/dev/null; then
    mkdir -p "$work/mount"
    cat >"$work/mounted.sh" <<END
mount -t tmpfs -o size=64m tmpfs "$work/mount" || exit 9
"\$@"
END
    # The same, where the site is a mount point and cannot be swapped.
    cat >"$work/inside.sh" <<END
set -e
t="$tallypress build --quiet --pdf none --project $work/p --out $work/mount"
\$t
rm -rf $work/mount/models
mkdir $work/outside2
ln -s $work/outside2 $work/mount/models
sed -i 's/"title": *"/&Mount /' $work/p/data/site.json
\$t || true
[ -z "\$(ls -A $work/outside2)" ]
END
    run 0 "links, in place" unshare -m sh "$work/mounted.sh" sh "$work/inside.sh"
    # A full disk.
    cat >"$work/full.sh" <<END
t="$tallypress build --quiet --pdf none --project $work/p --out $work/mount/site"
\$t || exit 8
cp -r $work/mount/site $work/before
sed -i 's/"title": *"/&Full /' $work/p/data/site.json
dd if=/dev/zero of=$work/mount/fill bs=1k 2>/dev/null
\$t
[ \$? -eq 3 ] || exit 7
diff -r $work/before $work/mount/site || exit 6
[ "\$(ls -A $work/mount | tr '\n' ' ')" = "fill site " ] || exit 5
rm $work/mount/fill
\$t
END
    run 0 "full disk" unshare -m sh "$work/mounted.sh" sh "$work/full.sh"
    # A file system that nobody may write.
    cat >"$work/readonly.sh" <<END
t="$tallypress build --quiet --pdf none --project $work/p --out $work/mount/site"
\$t || exit 8
sed -i 's/"title": *"/&Read /' $work/p/data/site.json
mount -o remount,bind,ro $work/mount || exit 7
\$t
[ \$? -eq 3 ] || exit 6
grep -q Read $work/mount/site/index.html && exit 5
exit 0
END
    run 0 "read-only file system" unshare -m sh "$work/mounted.sh" sh "$work/readonly.sh"
else
    echo "skipped: mounts need root"
fi

# Outputs that take nothing.
cd "$work" || exit 1
for command in "--version" "--help" "build --help" "params p/data/models/1.json" "check --project p" \
    "estimate --project p --model llama-2-7b --gpu h100-sxm"; do
    # shellcheck disable=SC2086
    run 3 "$command, closed stdout" sh -c "'$tallypress' $command >&-"
    # As every filter: a reader that goes away ends it, without a word.
    run 141 "$command, broken pipe" sh -c "{ sleep 0.2; '$tallypress' $command; echo \$? >'$work/status'; } | true; sleep 0.4
        exit \$(cat '$work/status')"
done
run 1 "closed stderr" sh -c "'$tallypress' build --project /nowhere --out s 2>&- || exit 1"
run 0 "all closed" sh -c "'$tallypress' build --quiet --pdf none --project p --out closed <&- >&- 2>&-"
[ -s closed/index.html ] && ok || bad "all closed: no site"
run 3 "limited file size" sh -c "ulimit -f 8; '$tallypress' build --quiet --pdf none --project p --out limited"
[ ! -e limited ] && ok || bad "limited file size: $(ls -A limited | head -n 3)"
run 3 "few descriptors" sh -c "ulimit -n 4; '$tallypress' build --quiet --pdf none --project p --out few"
for limit in 12000 16000 18000 20000 22000; do # 127: not even the libraries fit
    sh -c "ulimit -v $limit; exec '$tallypress' build --quiet --pdf none --project p --out little" \
        >"$work/out" 2>"$work/err"
    got=$?
    { [ $got -eq 0 ] && [ -s little/index.html ]; } || { [ $got -eq 3 ] && [ ! -e little ]; } ||
        [ $got -eq 127 ] && ok || bad "memory of $limit KiB: exit status $got"
    rm -rf little
done

tally
