/* Options of a command as a table: parsed with getopt_long, shown by --help, errors exit 2. */
#ifndef COMMAND_OPTIONS_H
#define COMMAND_OPTIONS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option_kind {
    OPTION_FLAG,   /* bool: set to true */
    OPTION_TEXT,   /* const char *: last one given */
    OPTION_NUMBER, /* double between min and max */
    OPTION_WHOLE,  /* double between min and max, without a fraction */
    OPTION_COUNT,  /* uint32_t between min and max */
    OPTION_CHOICE, /* int: index of the word in `choices` ("text|json") */
    OPTION_DATE,   /* const char *: YYYY-MM-DD */
    OPTION_URL,    /* const char *: http(s)://..., ends with '/' whether or not the word did */
    OPTION_LIST    /* struct option_list: every value given; commas are not split */
};

struct option_list {
    const char **items;
    size_t count, capacity;
};

struct option_spec {
    const char *name; /* "model", without the dashes */
    enum option_kind kind;
    void *to;            /* where the value goes, of the kind's type; holds the default before */
    const char *metavar; /* "M"; NULL for flags */
    const char *help;
    double min, max;     /* numbers and counts; both 0: any */
    const char *choices; /* "text|json|github" */
    char letter;         /* short form, or 0 */
};

struct options_help {
    const char *command;   /* "estimate" */
    const char *arguments; /* "FILE..." or "" */
    const char *summary;   /* a sentence or two */
    const char *example;   /* "tallypress estimate --model ... --gpu ..." */
};

/* What to do after parsing. */
enum { OPTIONS_RUN = -1 };

/* Parses argv[1..]; --help (-h) is added, and --quiet (-q) where a command does not name it: it
   has no progress and no summary then. Returns OPTIONS_RUN, or the exit status to end with (0
   after --help, 2 after a usage error that has been said on stderr). Words that are no options go
   to *arguments when it is not NULL, else they are a usage error. */
int options_parse(struct arena *arena, const struct options_help *help,
                  const struct option_spec *specs, size_t count, int argc, char **argv,
                  struct option_list *arguments);

struct buf;
/* Writes what was asked about the program itself to stdout and frees it. EXIT_DONE, or EXIT_IO,
   said on stderr. */
int options_answer(struct buf *out);

/* "tallypress COMMAND: MESSAGE" and a hint to --help on stderr; returns EXIT_USAGE. */
int options_error(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Items of a comma-separated text, trimmed, empty ones left out. */
struct option_list options_split(struct arena *arena, const char *text);

#endif
