/* Commands: argv -> exit status. One file per command; table in command.c. */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

struct command {
    const char *name;
    const char *summary; /* one line for --help */
    int (*run)(int argc, char **argv);
};

/* NULL-name terminated, in the order of --help. */
extern const struct command commands[];
int command_main(int argc, char **argv);

#define EXIT_DONE 0
#define EXIT_INPUT 1
#define EXIT_USAGE 2
#define EXIT_IO 3
#define EXIT_THRESHOLD 4

#endif
