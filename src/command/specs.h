/* Options of the commands, one short call each. */
#ifndef COMMAND_SPECS_H
#define COMMAND_SPECS_H

#include "command/options.h"

static inline struct option_spec spec_text(const char *name, const char **to, const char *metavar,
                                           const char *help) {
    return (struct option_spec){
        .name = name, .kind = OPTION_TEXT, .to = to, .metavar = metavar, .help = help};
}

static inline struct option_spec spec_date(const char *name, const char **to, const char *help) {
    return (struct option_spec){
        .name = name, .kind = OPTION_DATE, .to = to, .metavar = "DATE", .help = help};
}

/* http(s)://..., which ends with '/' whether or not the word did. */
static inline struct option_spec spec_url(const char *name, const char **to, const char *help) {
    return (struct option_spec){
        .name = name, .kind = OPTION_URL, .to = to, .metavar = "URL", .help = help};
}

/* May be given more than once. */
static inline struct option_spec spec_list(const char *name, struct option_list *to,
                                           const char *metavar, const char *help) {
    return (struct option_spec){
        .name = name, .kind = OPTION_LIST, .to = to, .metavar = metavar, .help = help};
}

static inline struct option_spec spec_number(const char *name, double *to, double min, double max,
                                             const char *metavar, const char *help) {
    return (struct option_spec){.name = name,
                                .kind = OPTION_NUMBER,
                                .to = to,
                                .min = min,
                                .max = max,
                                .metavar = metavar,
                                .help = help};
}

static inline struct option_spec spec_whole(const char *name, double *to, double max,
                                            const char *help) {
    return (struct option_spec){.name = name,
                                .kind = OPTION_WHOLE,
                                .to = to,
                                .min = 1,
                                .max = max,
                                .metavar = "N",
                                .help = help};
}

static inline struct option_spec spec_count(const char *name, uint32_t *to, double max,
                                            const char *help) {
    return (struct option_spec){.name = name,
                                .kind = OPTION_COUNT,
                                .to = to,
                                .min = 1,
                                .max = max,
                                .metavar = "N",
                                .help = help};
}

/* The same from another least value on, or of another thing than N. */
static inline struct option_spec spec_least(double min, struct option_spec spec) {
    spec.min = min;
    return spec;
}
static inline struct option_spec spec_of(const char *metavar, struct option_spec spec) {
    spec.metavar = metavar;
    return spec;
}

/* The same with a short form. */
static inline struct option_spec spec_short(char letter, struct option_spec spec) {
    spec.letter = letter;
    return spec;
}

static inline struct option_spec spec_choice(const char *name, int *to, const char *choices,
                                             const char *help) {
    return (struct option_spec){
        .name = name, .kind = OPTION_CHOICE, .to = to, .choices = choices, .help = help};
}

static inline struct option_spec spec_flag(const char *name, bool *to, const char *help) {
    return (struct option_spec){.name = name, .kind = OPTION_FLAG, .to = to, .help = help};
}

#endif
