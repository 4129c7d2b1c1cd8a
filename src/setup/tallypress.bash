# Completion of tallypress for bash: the program's own --help is what it knows.
_tallypress() {
    local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} options
    if [ "$COMP_CWORD" -eq 1 ]; then
        options=$("${COMP_WORDS[0]}" --help 2>/dev/null | sed -n 's/^  \([a-z]\{1,\}\) .*/\1/p')
        mapfile -t COMPREPLY < <(compgen -W "$options --help --version" -- "$word")
    elif [[ $word == -* ]]; then
        options=$("${COMP_WORDS[0]}" "$command" --help 2>/dev/null |
            grep -oE '^ +(-[a-z], )?--[a-z-]+' | grep -oE -e '--[a-z-]+')
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
    fi
}
complete -o filenames -F _tallypress tallypress
