#!/bin/sh
# usage: tests/fault/in_place.sh TALLYPRESS   A site that cannot be swapped as a whole, because its
# directory is a mount point: files are replaced one by one. Killed or refused at any of them, the
# owner's file is untouched and the next build makes the site whole. Needs root for the mount.
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ "${2:-}" != mounted ]; then
    [ "$(id -u)" -eq 0 ] || { echo "skipped: only root can mount"; exit 0; }
    unshare --mount true || { echo "skipped: the kernel allows no mount here"; exit 0; }
    exec unshare --mount --propagation private sh tests/fault/in_place.sh "$1" mounted
fi
subject="in place" reached=0
. tests/fault/trial.sh
trap 'umount "$work/site" 2>/dev/null; rm -rf "$work"' EXIT
make_faults
"$tallypress" init -q "$work/p" || exit 1
build() { "$tallypress" build --project "$work/p" -q "$@"; }
build --out "$work/old"
sed -i 's/"title": *"/&Changed /' "$work/p/data/site.json"
build --out "$work/new"
diff -rq "$work/old" "$work/new" >/dev/null && bad "the two sites should differ"
mkdir "$work/site"
mount -t tmpfs tmpfs "$work/site" || { echo "skipped: no tmpfs can be mounted"; exit 0; }

reset() { # the old site, with a file of the owner's
    find "$work/site" -mindepth 1 -delete
    cp -r "$work/old/." "$work/site/" && echo mine >"$work/site/owner.txt"
}
is_new() {
    [ "$(cat "$work/site/owner.txt" 2>/dev/null)" = mine ] || return 1
    mv "$work/site/owner.txt" "$work/owner.txt"
    diff -r "$work/site" "$work/new" >"$work/differs" 2>&1
    same=$?
    mv "$work/owner.txt" "$work/site/owner.txt"
    return $same
}
reset
build --out "$work/site" 2>"$work/said" && is_new && grep -q 'publish-in-place' "$work/said" && ok ||
    bad "a mounted site is not replaced file by file: $(head -n 2 "$work/said" "$work/differs")"
# Whatever stopped it: each file is the old one or the new one, never a part.
each_whole() {
    (cd "$work/site" && find . -type f ! -path './.tallypress*' ! -name owner.txt) | while read -r file; do
        cmp -s "$work/site/$file" "$work/new/$file" || cmp -s "$work/site/$file" "$work/old/$file" ||
            echo "$file"
    done
}
mixed=0
for fault in "renameat kill" "renameat 28" "create kill" "create 28" "unlinkat kill" "mkdirat 28"; do
    for at in 1 2 5 20 60; do
        reset
        # shellcheck disable=SC2086
        with_fault ${fault% *} $at ${fault#* } "$tallypress" build --project "$work/p" -q --jobs 2 \
            --out "$work/site"
        case $got in
        0) is_new || bad "$fault at $at: done, but the site is not the new one" ;;
        3 | 137)
            reached=$((reached + 1))
            [ -z "$(each_whole)" ] && ok || bad "$fault at $at: half a file: $(each_whole)"
            ;;
        *) bad "$fault at $at: status $got" ;;
        esac
        [ "$(cat "$work/site/owner.txt")" = mine ] && ok ||
            bad "$fault at $at: the owner's file is gone"
        mixed_now=$(head -c 40 "$work/site/.tallypress-manifest" | grep -c ' ffffffffffffffff$')
        mixed=$((mixed + mixed_now))
        build --out "$work/site" 2>"$work/said" && is_new && ok ||
            bad "after $fault at $at the next build does not heal: $(head -n 2 "$work/said")"
        # The build that puts it right says what it found.
        [ "$(grep -c 'publish-mixed' "$work/said")" -eq "$mixed_now" ] && ok ||
            bad "after $fault at $at the next build says: $(head -n 2 "$work/said")"
    done
done
[ "$mixed" -ge 5 ] && ok || bad "only $mixed times files were replaced in part"
[ "$reached" -ge 10 ] && ok || bad "only $reached faults were reached"
tally
