#!/bin/sh
# usage: tests/scale/check.sh TALLYPRESS [TIMES]   Sites made in parts: with GNU parallel, as a Slurm
# job array on one node and by the script of the Kubernetes job, from a catalog TIMES (2) the
# shipped one. Each joined site equals the site made at once, manifest and all.
set -u
cd "$(dirname "$0")/../.." || exit 1
here=$PWD
times=${2:-2}
work=$(mktemp -d)
export SCALE_WORK="$work"
. tests/scale/slurm.sh
slurm_dir=$work/slurm
trap 'slurm_stop; sleep 1; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
subject=scale
. tests/tally.sh
for tool in parallel sbatch slurmctld slurmd munged; do
    command -v $tool >/dev/null || PATH=$PATH:/usr/sbin command -v $tool >/dev/null ||
        { echo "no $tool"; exit 1; }
done
mkdir "$work/bin"
ln -s "$(realpath "$1")" "$work/bin/tallypress"
PATH=$work/bin:$PATH
export PATH OPTIONS="--pdf ${PDF:-none}"
tests/scale/catalog.sh "$work/p" "$times"
cd "$work/p" || exit 1
seconds() { date +%s.%N; }
took() { echo "$1 $2" | awk '{printf "%.1f s\n", $2 - $1}'; }

begin=$(seconds)
# shellcheck disable=SC2086
tallypress build --project . $OPTIONS --out "$work/whole" || exit 1
echo "at once: $(took "$begin" "$(seconds)")"

same() { # WHAT: public/ is the whole site; makes room for the next
    if diff -rq public "$work/whole" >"$work/differs" 2>&1; then ok; else
        bad "$1: $(head -n 1 "$work/differs")"
    fi
    rm -rf public
}

begin=$(seconds)
sh "$here/src/starter/cluster/parallel.sh" 5 && same "GNU parallel" || bad "GNU parallel"
echo "GNU parallel, 5 parts: $(took "$begin" "$(seconds)")"

# A part that is missing, of other options, given twice, or damaged.
refused() { # CODE OPTION...
    code=$1
    shift
    # shellcheck disable=SC2086
    tallypress build --project . $OPTIONS --out "$work/none" "$@" 2>"$work/said"
    [ $? -eq 3 ] && grep -q "\[$code\]" "$work/said" && [ ! -d "$work/none" ] && ok ||
        bad "not refused with $code: $(head -n 1 "$work/said")"
}
refused merge-missing --merge parts/1 parts/2 parts/4 parts/5
refused merge-twice --merge parts/* parts/3
refused merge-inputs --merge parts/* --base-url https://example.org/
mv parts/3/index.html parts/3/kept 2>/dev/null || mv parts/1/index.html parts/1/kept
refused publish-part --merge parts/*
rm -rf parts

export PARTS=parts-k8s
for JOB_COMPLETION_INDEX in 0 1 2 3 4 5 6 7; do
    export JOB_COMPLETION_INDEX
    awk '/args:/ {on++} on == 1 && /^              /' "$here/src/starter/cluster/kubernetes.yml" |
        sed "s/--quiet/$OPTIONS --quiet/; s:/site/:$work/site/:" | sh -eu || bad "Kubernetes part"
done
awk '/args:/ {on++} on == 2 && /^              /' "$here/src/starter/cluster/kubernetes.yml" |
    sed "s/--out/$OPTIONS --out/; s:/site/public:public:; s:/site/:$work/site/:; s/sleep 10/exit 1/" |
    sh -eu && same "Kubernetes" || bad "Kubernetes merge"
rm -rf "$work/site"

begin=$(seconds)
export PARTS=parts-slurm
if [ -n "${QUICK:-}" ]; then
    echo "skipped for time: Slurm; tests/scale/check.sh TALLYPRESS 1 runs it"
elif slurm_start "$work/slurm"; then
    sbatch --quiet --wait --output=/dev/null "$here/src/starter/cluster/slurm.sh" &&
        sbatch --quiet --wait --output="$work/said" --array=1 "$here/src/starter/cluster/slurm.sh" \
            merge && same "Slurm" || bad "Slurm: $(head -n 3 "$work/said")"
    echo "Slurm, 8 parts: $(took "$begin" "$(seconds)")"
else
    # Its daemons want /sys and a cgroup tree, which some containers do not show.
    echo "skipped: Slurm does not start here: $(tail -qn 1 "$work/slurm"/slurmd.log)"
fi
tally
