/* Options of the commands that ask the engine, one short call each. */
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

static inline struct option_spec spec_choice(const char *name, int *to, const char *choices,
                                             const char *help) {
    return (struct option_spec){
        .name = name, .kind = OPTION_CHOICE, .to = to, .choices = choices, .help = help};
}

static inline struct option_spec spec_flag(const char *name, bool *to, const char *help) {
    return (struct option_spec){.name = name, .kind = OPTION_FLAG, .to = to, .help = help};
}

#endif
