/* Options that say what a benchmark file does not: shared by accuracy and calibrate. */
#ifndef COMMAND_BENCH_OPTIONS_H
#define COMMAND_BENCH_OPTIONS_H

#include "command/options.h"
#include "read/bench.h"

#define BENCH_OPTIONS 12

/* Fills BENCH_OPTIONS specs that write to files and defaults. */
void bench_options(struct option_spec *specs, struct option_list *files,
                   struct bench_defaults *defaults);
/* Words that are no options are files too. */
void bench_options_files(struct arena *arena, struct option_list *files,
                         const struct option_list *words);

/* Every file's rows into one list; false when any could not be read whole. */
bool bench_read_files(struct arena *arena, struct source *source, const struct catalog *catalog,
                      const struct option_list *files, const struct bench_defaults *defaults,
                      struct diags *diags, struct benchmark_list *list);

#endif
