#!/bin/sh
# usage: src/setup/man.sh TALLYPRESS   The man page on stdout: src/setup/tallypress.1 with every
# command and option as the program's own --help says them.
set -eu
page=$(dirname "$0")/tallypress.1
commands() { "$1" --help | sed -n 's/^  \([a-z]\{1,\}\)  *.*/\1/p'; }
# A backslash, and a dot or quote at the beginning of a line, mean something to roff.
roff() { sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e "s/^\\([.']\\)/\\\\\\&\\1/"; }
section() { # TALLYPRESS COMMAND
    "$1" "$2" --help | roff | awk '
        NR == 1 {sub(/^usage: tallypress /, ""); print ".SS " $0; next}
        /^Options:/ {options = 1; next}
        /^Example:/ {options = 0; example = 1; print ".PP\nExample:\n.PP\n.nf"; next}
        options && /^ *(\\-[a-z], )?\\-\\-/ {
            sub(/^ */, "")
            at = match($0, /  +/)
            print ".TP\n.B " (at ? substr($0, 1, at - 1) : $0)
            if (at) print substr($0, at + RLENGTH)
            next
        }
        options && NF {sub(/^ */, ""); print; next}
        NF {sub(/^ */, ""); print}
        END {if (example) print ".fi"}'
}
sed '/^\.SH EXIT STATUS/,$d' "$page"
echo '.SH OPTIONS'
for command in $(commands "$1"); do section "$1" "$command"; done
sed -n '/^\.SH EXIT STATUS/,$p' "$page"
