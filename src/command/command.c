/* The table of commands, and what is said before one is chosen. */
#include "command/command.h"

#include "base/buf.h"
#include "base/str.h"
#include "command/confine.h"
#include "command/options.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

/* One line for each command that is there, in the order of --help. */
const struct command commands[] = {
    {"build", "writes the site: pages, their data, reports", command_build, false},
    {"init", "writes a small project to start from", command_init, false},
    {"check", "validates every input and audits the prices", command_check, true},
    {"estimate", "memory, speed, price and energy of one combination", command_estimate, true},
    {"accuracy", "predicted against measured, row by row and in summary", command_accuracy, true},
    {"calibrate", "fits an engine to measured rows", command_calibrate, false},
    {"params", "parameters and KV bytes of any Hugging Face config.json", command_params, true},
    {"training", "memory, fewest GPUs, time and cost of training", command_training, true},
    {"offers", "the cheapest ways to serve a model, against API prices", command_offers, true},
    {"sweep", "every combination as rows of CSV or JSON", command_sweep, true},
    {"diff", "what changed between two projects or sites, and why", command_diff, true},
    {"report", "one shareable report, as PDF or HTML", command_report, false},
    {NULL, NULL, NULL, false},
};

static int show_help(void) {
    struct buf out = BUF_INIT;
    buf_puts(&out, "usage: tallypress COMMAND [options]\n\n"
                   "Which language model costs what on which GPU at which platform, as a site of\n"
                   "self-contained pages.\n\nCommands:\n");
    for (const struct command *c = commands; c->name; c++)
        buf_printf(&out, "  %-10s %s\n", c->name, c->summary);
    buf_puts(&out,
             "\n'tallypress COMMAND --help' shows its options and an example.\n"
             "'tallypress --version' says the version.\n\n"
             "Exit status: 0 done, 1 the input has errors, 2 usage, 3 something could not be read\n"
             "or written, 4 a --fail-on threshold was crossed.\n");
    return options_answer(&out);
}

static int unknown_command(const char *name) {
    const char *best = NULL;
    unsigned distance = 4;
    for (const struct command *c = commands; c->name; c++) {
        unsigned d = str_distance(name, c->name);
        if (d < distance) {
            distance = d;
            best = c->name;
        }
    }
    fprintf(stderr, "tallypress: error: [usage] unknown command '%s'", name);
    if (best)
        fprintf(stderr, "; did you mean '%s'?", best);
    fputs("\nTry 'tallypress --help'.\n", stderr);
    return EXIT_USAGE;
}

int command_main(int argc, char **argv) {
    signal(SIGXFSZ, SIG_IGN); /* a limit on file sizes is a write that fails, and is said */
    if (argc < 2) {
        fputs("tallypress: error: [usage] a command is missing\nTry 'tallypress --help'.\n",
              stderr);
        return EXIT_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return show_help();
    if (strcmp(name, "--version") == 0) {
        struct buf out = BUF_INIT;
        buf_puts(&out, "tallypress " TALLYPRESS_VERSION "\n");
        return options_answer(&out);
    }
    if (strcmp(name, "help") == 0 && argc == 2)
        return show_help();
    for (const struct command *c = commands; c->name; c++)
        if (strcmp(c->name, name) == 0) {
            confine_command(c->reads_only);
            return c->run(argc - 1, argv + 1);
        }
    return unknown_command(name);
}
