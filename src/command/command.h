/* Commands: argv -> exit status. One file per command; table in command.c. */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include <stdbool.h>

struct command {
    const char *name;
    const char *summary; /* one line for --help */
    int (*run)(int argc, char **argv);
    bool reads_only; /* writes to stdout and stderr alone */
};

/* NULL-name terminated, in the order of --help. */
extern const struct command commands[];
int command_main(int argc, char **argv);

/* Each is written in src/command/NAME.c and gets its line in the table of command.c. argv[0] is the
   command's name. The result is the exit status. */
int command_build(int argc, char **argv);
int command_check(int argc, char **argv);
int command_init(int argc, char **argv);
int command_estimate(int argc, char **argv);
int command_params(int argc, char **argv);
int command_training(int argc, char **argv);
int command_offers(int argc, char **argv);
int command_sweep(int argc, char **argv);
int command_accuracy(int argc, char **argv);
int command_calibrate(int argc, char **argv);
int command_diff(int argc, char **argv);
int command_report(int argc, char **argv);

#define EXIT_DONE 0
#define EXIT_INPUT 1
#define EXIT_USAGE 2
#define EXIT_IO 3
#define EXIT_THRESHOLD 4

#define TALLYPRESS_VERSION "0.1.0"

#endif
