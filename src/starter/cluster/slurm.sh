#!/bin/sh
#SBATCH --job-name=site
#SBATCH --array=1-8
# The site in parts as a Slurm job array, then joined in public/. In the project's directory, on a
# file system every node sees:
#   parts=$(sbatch --parsable cluster/slurm.sh)
#   sbatch --dependency=afterok:"$parts" --array=1 cluster/slurm.sh merge
# OPTIONS: more of `tallypress build`; the same for parts and merge.
set -eu
if [ "${1:-}" = merge ]; then
    # shellcheck disable=SC2086
    exec tallypress build --project . ${OPTIONS:-} --out "${OUT:-public}" --merge "${PARTS:-parts}"/*
fi
# shellcheck disable=SC2086
exec tallypress build --project . --quiet ${OPTIONS:-} --jobs "${SLURM_CPUS_PER_TASK:-1}" \
    --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" \
    --out "${PARTS:-parts}/$SLURM_ARRAY_TASK_ID"
