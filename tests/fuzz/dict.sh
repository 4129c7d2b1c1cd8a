#!/bin/sh
# usage: tests/fuzz/dict.sh TARGET   Prints the dictionary of a fuzz target: the words its readers
# compare with, taken from their source, so that a new format is fuzzed with its own words; and the
# marks of the syntax.
set -eu
cd "$(dirname "$0")/../.." || exit 1
literals() { # FILE...: short string literals, without escapes and format directives
    grep -hoE '"[^"\\%]{1,40}"' "$@" | sort -u
}
marks() { # WORD...: each a token
    for word in "$@"; do printf '"%s"\n' "$word"; done
}
json_marks() { marks '{\"' '\":' '\",\"' '[' ']' '{' '}' null true false 1e308 -1 0.5 '\\u0000' '\\ud800' 18446744073709551616; }
csv_marks() { marks , '\"' '\"\"' '|' '\x0d\x0a' '\xef\xbb\xbf' NaN -1 0 1e9 '$' '\xe2\x82\xac'; }
case $1 in
json) json_marks ;;
csv) csv_marks ;;
number) marks e E + - . 0 1e 308 324 18446744073709551615 9007199254740993 2.2250738585072011e-308 ;;
config)
    json_marks
    literals src/read/hf_*.c src/read/model_file.c
    ;;
inputs)
    json_marks
    csv_marks
    literals src/read/gpus.c src/read/power.c src/read/join.c src/read/calibration.c src/read/schema.c
    ;;
site)
    json_marks
    literals src/read/site.c src/catalog/precision.c
    ;;
offers)
    json_marks
    csv_marks
    literals src/read/offer*.c src/read/document.c
    ;;
api)
    json_marks
    csv_marks
    literals src/read/api_*.c
    ;;
bench)
    json_marks
    csv_marks
    literals src/read/bench*.c
    ;;
mustache) marks '{{' '}}' '{{{' '}}}' '{{#' '{{^' '{{/' '{{>' '{{!' '{{&' '{{=' '=}}' '\x1e' list text object name empty yes no nothing number . object.object.deep a b '\x0a' ;;
markdown) marks '# ' '> ' '- ' '1. ' '```' '    ' '![' '](' ')' '<' '>' '&lt;' '&#x41;' '**' '_' '\x0a\x0a' '---' '\\' javascript: data: https:// '[a]: ' '\"' ;;
escape | page) marks '<' '>' '&' '\"' "'" '<script>' '</script>' '</title>' '<!--' ']]>' javascript: data: 'on' '=' '+' '-' '@' '\x09' '\x0d' '..' '/' '\\' '&#x3c;' '\xe2\x80\xae' ;;
theme) marks '\x1e' '</style' '</script' '<!--' '/*' '*/' '//' '\"' "'" '\\' '{' '}' ';' ':' ',' '>' '\x0a' ' ' '{{' '}}' '{{{' '{{>' '{{#' '{{/' title blocks html '--ink: #' '--c0: #000000' '@media' 'url(' ;;
diff)
    json_marks
    literals src/command/diff_site.c src/command/diff_rows.c src/command/diff_rows.h
    marks '\x1e' value rows caption columns key source '|' '<' '\x0a'
    ;;
font) marks '\xff\xff' '\x00\x00' '\x00\x01' '\x80\x00' '\x00\x20' ;;
options) marks -- --json --model= --gamma --batch --format --date --url https:// --tokens --file --help --quiet '\x0a' 1e8 0x10 1e400 -1 2026-02-29 text github ;;
manifest) marks 'tallypress-manifest 1 ' 0123456789abcdef ' ' '\x0a' .. / . .tallypress index.html ;;
esac
