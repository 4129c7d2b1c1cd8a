/* Options of a command: one table serves parsing, checking and --help. */
#include "command/options.h"

#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"
#include "base/num.h"
#include "base/str.h"
#include "command/command.h"
#include "read/schema.h"

#include <getopt.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { SPECS_MAX = 48, HELP_VALUE = 1000, QUIET_VALUE = 1001, LONG_BASE = 2000 };

int options_error(const char *command, const char *format, ...) {
    struct buf out = BUF_INIT;
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    buf_printf(&out, "tallypress %s: error: [usage] %s\n", command, text);
    buf_printf(&out, "Try 'tallypress %s --help'.\n", command);
    fputs(buf_text(&out), stderr);
    buf_free(&out);
    return EXIT_USAGE;
}

static const char *metavar(const struct option_spec *spec) {
    if (spec->kind == OPTION_CHOICE)
        return spec->choices;
    return spec->metavar ? spec->metavar : "VALUE";
}

static void describe(const struct option_spec *spec, struct buf *out) {
    struct buf left = BUF_INIT;
    if (spec->letter)
        buf_printf(&left, "  -%c, --%s", spec->letter, spec->name);
    else
        buf_printf(&left, "      --%s", spec->name);
    if (spec->kind != OPTION_FLAG)
        buf_printf(&left, " %s", metavar(spec));
    if (left.len > 30)
        buf_printf(out, "%s\n%32s%s\n", buf_text(&left), "", spec->help);
    else
        buf_printf(out, "%-30s  %s\n", buf_text(&left), spec->help);
    buf_free(&left);
}

int options_answer(struct buf *out) {
    struct diags *diags = diags_new();
    bool ok = fs_put_stdout(buf_text(out), out->len, diags);
    if (!ok)
        fprintf(stderr, "tallypress: error: [io-stdout] %s\n", diags_get(diags, 0)->text);
    diags_free(diags);
    buf_free(out);
    return ok ? EXIT_DONE : EXIT_IO;
}

static int show_help(const struct options_help *help, const struct option_spec *specs,
                     size_t count) {
    struct buf out = BUF_INIT;
    buf_printf(&out, "usage: tallypress %s [options]%s%s\n\n%s\n\nOptions:\n", help->command,
               help->arguments[0] ? " " : "", help->arguments, help->summary);
    for (size_t i = 0; i < count; i++)
        describe(&specs[i], &out);
    buf_puts(&out, "  -h, --help                    show this help\n");
    buf_printf(&out, "\nExample:\n  %s\n", help->example);
    return options_answer(&out);
}

static bool in_range(const struct option_spec *spec, double value) {
    return (spec->min == 0 && spec->max == 0) || (value >= spec->min && value <= spec->max);
}

static int range_error(const char *command, const struct option_spec *spec, const char *text) {
    if (spec->min == 0 && spec->max == 0)
        return options_error(command, "--%s: '%s' is not a number", spec->name, text);
    char low[NUM_MAX], high[NUM_MAX];
    num_shortest(low, spec->min);
    num_shortest(high, spec->max);
    return options_error(command, "--%s: '%s' is not a%s number from %s to %s", spec->name, text,
                         spec->kind == OPTION_NUMBER ? "" : " whole", low, high);
}

static int set_choice(const char *command, const struct option_spec *spec, const char *text) {
    int index = 0;
    for (const char *p = spec->choices; *p; index++) {
        size_t n = strcspn(p, "|");
        if (strlen(text) == n && memcmp(p, text, n) == 0) {
            *(int *)spec->to = index;
            return OPTIONS_RUN;
        }
        p += n + (p[n] == '|');
    }
    return options_error(command, "--%s: '%s' is none of %s", spec->name, text, spec->choices);
}

/* Addresses of pages are appended to it. */
static int set_url(struct arena *arena, const char *command, const struct option_spec *spec,
                   const char *text) {
    size_t scheme = strncmp(text, "https://", 8) == 0  ? 8
                    : strncmp(text, "http://", 7) == 0 ? 7
                                                       : 0;
    bool plain = scheme && text[scheme] && text[scheme] != '/';
    for (const char *p = text; plain && *p; p++)
        plain = *p > ' ' && *p < 0x7f && !strchr("\"'<>\\^`{|}?#", *p);
    if (!plain)
        return options_error(command, "--%s: '%s' is no http:// or https:// address", spec->name,
                             text);
    bool closed = text[strlen(text) - 1] == '/';
    *(const char **)spec->to = closed ? text : arena_printf(arena, "%s/", text);
    return OPTIONS_RUN;
}

static void add(struct arena *arena, struct option_list *list, const char *item) {
    list->items = arena_grow(arena, list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = item;
}

static int set_value(struct arena *arena, const char *command, const struct option_spec *spec,
                     const char *text) {
    double number;
    uint64_t whole;
    switch (spec->kind) {
    case OPTION_FLAG:
        *(bool *)spec->to = true;
        break;
    case OPTION_TEXT:
        *(const char **)spec->to = text;
        break;
    case OPTION_NUMBER:
    case OPTION_WHOLE:
        if (!num_parse(text, strlen(text), &number) || !in_range(spec, number) ||
            (spec->kind == OPTION_WHOLE && floor(number) != number))
            return range_error(command, spec, text);
        *(double *)spec->to = number;
        break;
    case OPTION_COUNT:
        if (!num_parse_u64(text, strlen(text), &whole) || whole > UINT32_MAX ||
            !in_range(spec, (double)whole))
            return range_error(command, spec, text);
        *(uint32_t *)spec->to = (uint32_t)whole;
        break;
    case OPTION_CHOICE:
        return set_choice(command, spec, text);
    case OPTION_DATE:
        if (strlen(text) != 10 || !schema_is_date(text))
            return options_error(command, "--%s: '%s' is not a date: YYYY-MM-DD", spec->name, text);
        *(const char **)spec->to = text;
        break;
    case OPTION_URL:
        return set_url(arena, command, spec, text);
    case OPTION_LIST:
        add(arena, spec->to, text);
        break;
    }
    return OPTIONS_RUN;
}

static int nearest_option(const char *command, const struct option_spec *specs, size_t count,
                          const char *word, const char *asked) {
    const char *best = NULL;
    unsigned distance = 4;
    for (size_t i = 0; i < count; i++) {
        unsigned d = str_distance(asked, specs[i].name);
        if (d < distance) {
            distance = d;
            best = specs[i].name;
        }
    }
    if (best)
        return options_error(command, "unknown option '%s'; did you mean --%s?", word, best);
    return options_error(command, "unknown option '%s'", word);
}

/* The long options that the word may be short for, ", " between them. */
static size_t short_for(const struct option_spec *specs, size_t count, const char *asked,
                        struct buf *names) {
    size_t found = 0;
    for (size_t i = 0; asked[0] && i < count; i++)
        if (strncmp(specs[i].name, asked, strlen(asked)) == 0)
            buf_printf(names, "%s--%s", found++ ? ", " : "", specs[i].name);
    return found;
}

/* getopt's own messages are switched off: say what is wrong with the word, and the nearest option.
 */
static int unknown_option(const char *command, const struct option_spec *specs, size_t count,
                          const char *word) {
    struct str name = str_of(word);
    while (name.n && name.p[0] == '-')
        name.p++, name.n--;
    name.n = strcspn(name.p, "=");
    char asked[64];
    snprintf(asked, sizeof asked, "%.*s", (int)name.n, name.p);
    struct buf names = BUF_INIT;
    size_t meant = short_for(specs, count, asked, &names);
    int status = meant == 1 ? options_error(command, "%s takes no value", buf_text(&names))
                 : meant > 1
                     ? options_error(command, "'%s' may be short for %s", word, buf_text(&names))
                     : OPTIONS_RUN;
    buf_free(&names);
    return meant ? status : nearest_option(command, specs, count, word, asked);
}
struct table {
    struct option longs[SPECS_MAX + 3];
    char shorts[2 * SPECS_MAX + 8];
};

static bool names_quiet(const struct option_spec *specs, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(specs[i].name, "quiet") == 0 || specs[i].letter == 'q')
            return true;
    return false;
}

static void fill_table(struct table *table, const struct option_spec *specs, size_t count) {
    size_t n = 0;
    table->shorts[n++] = ':';
    table->shorts[n++] = 'h';
    for (size_t i = 0; i < count; i++) {
        bool value = specs[i].kind != OPTION_FLAG;
        table->longs[i] = (struct option){specs[i].name, value ? required_argument : no_argument,
                                          NULL, LONG_BASE + (int)i};
        if (specs[i].letter) {
            table->shorts[n++] = specs[i].letter;
            if (value)
                table->shorts[n++] = ':';
        }
    }
    table->longs[count] = (struct option){"help", no_argument, NULL, HELP_VALUE};
    table->longs[count + 1] = (struct option){NULL, 0, NULL, 0};
    if (!names_quiet(specs, count)) { /* every command takes it; most have nothing to leave out */
        table->longs[count + 1] = (struct option){"quiet", no_argument, NULL, QUIET_VALUE};
        table->longs[count + 2] = (struct option){NULL, 0, NULL, 0};
        table->shorts[n++] = 'q';
    }
    table->shorts[n] = '\0';
}

static const struct option_spec *spec_of(const struct option_spec *specs, size_t count, int got) {
    if (got >= LONG_BASE)
        return &specs[got - LONG_BASE];
    for (size_t i = 0; i < count; i++)
        if (specs[i].letter == got)
            return &specs[i];
    return NULL;
}

int options_parse(struct arena *arena, const struct options_help *help,
                  const struct option_spec *specs, size_t count, int argc, char **argv,
                  struct option_list *arguments) {
    struct table table;
    if (count > SPECS_MAX)
        count = SPECS_MAX;
    fill_table(&table, specs, count);
    optind = 0; /* GNU: start afresh */
    opterr = 0;
    int got;
    while ((got = getopt_long(argc, argv, table.shorts, table.longs, NULL)) != -1) {
        if (got == 'h' || got == HELP_VALUE)
            return show_help(help, specs, count);
        if (got == QUIET_VALUE || (got == 'q' && !names_quiet(specs, count)))
            continue;
        if (got == ':')
            return options_error(help->command, "%s needs a value", argv[optind - 1]);
        const struct option_spec *spec = spec_of(specs, count, got);
        if (!spec)
            return unknown_option(help->command, specs, count, argv[optind - 1]);
        int status = set_value(arena, help->command, spec, optarg);
        if (status != OPTIONS_RUN)
            return status;
    }
    for (; optind < argc; optind++) {
        if (!arguments)
            return options_error(help->command, "unexpected argument '%s'", argv[optind]);
        add(arena, arguments, argv[optind]);
    }
    return OPTIONS_RUN;
}

struct option_list options_split(struct arena *arena, const char *text) {
    struct option_list list = {0};
    while (text && *text) {
        size_t n = strcspn(text, ",");
        struct str item = str_trim((struct str){text, n});
        if (item.n)
            add(arena, &list, arena_copy(arena, item.p, item.n));
        text += n + (text[n] == ',');
    }
    return list;
}
