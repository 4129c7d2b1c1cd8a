/* init: writes a small project to start from, out of the files inside the binary. */
#include "base/fs.h"
#include "command/command.h"
#include "command/project.h"
#include "command/specs.h"
#include "read/embedded.h"

#include <string.h>

/* Where an embedded file goes in the new project; a prefix ending in '/' stands for all below it.
 */
static const struct rule {
    const char *from, *to;
    bool theme; /* only where the theme is asked for */
} rules[] = {
    {"src/starter/github-actions.yml", ".github/workflows/site.yml", false},
    {"src/starter/gitlab-ci.yml", ".gitlab-ci.yml", false},
    {"src/starter/", "", false},
    {"data/models/llama-3.1-8b.json", "data/models/llama-3.1-8b.json", false},
    {"data/calibration/", "data/calibration/", false},
    {"assets/palette.css", "assets/palette.css", false},
    {"assets/calculator.wasm", NULL, true}, /* of this version's engine */
    {"assets/fonts/", NULL, true},
    {"assets/", "assets/", true},
    {"templates/", "templates/", true},
};

static const char *destination(struct arena *arena, const char *path, bool theme) {
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        size_t n = strlen(rules[i].from);
        if (strncmp(path, rules[i].from, n) != 0 || (rules[i].theme && !theme))
            continue;
        if (rules[i].from[n - 1] == '/')
            return rules[i].to ? arena_printf(arena, "%s%s", rules[i].to, path + n) : NULL;
        if (!path[n])
            return rules[i].to;
    }
    return NULL;
}

static bool write_one(struct project *project, const char *path, const struct embedded_file *file) {
    char *parent = arena_strdup(project->arena, path);
    *strrchr(parent, '/') = '\0';
    return fs_mkdirs(parent, project->diags) &&
           fs_write(path, file->bytes, file->n, project->diags);
}

/* Nothing of the owner's is written over: the directory must be new or empty. */
static bool is_free(struct project *project, const char *directory) {
    const char **names;
    size_t count;
    if (!fs_list(project->arena, directory, true, project->diags, &names, &count))
        return false;
    if (count)
        diag_add(project->diags, DIAG_IO, "init-not-empty", (struct place){directory, 0, 0},
                 "is not empty: give a new directory");
    return count == 0;
}

static bool write_project(struct project *project, const char *directory, bool theme,
                          struct buf *out) {
    if (!is_free(project, directory))
        return false;
    for (size_t i = 0; i < embedded_file_count; i++) {
        const char *to = destination(project->arena, embedded_files[i].path, theme);
        if (!to)
            continue;
        if (!write_one(project, fs_join(project->arena, directory, to), &embedded_files[i]))
            return false;
        buf_printf(out, "%s\n", to);
    }
    buf_printf(out, "\nNow: tallypress build --project %s --out %s/public\n", directory, directory);
    return true;
}

int command_init(int argc, char **argv) {
    static const struct options_help help = {
        "init", "DIR",
        "Writes a small project to start from: the site's settings, a model, two GPUs, a price\n"
        "list, the colours and recipes for continuous integration. It builds at once.\n"
        "A template that is left as it is can be deleted: the built-in one stands in for it.",
        "tallypress init my-prices && cd my-prices && tallypress build --out public"};
    struct project project = project_begin();
    struct option_list arguments = {0};
    bool quiet = false, theme = false;
    const struct option_spec specs[] = {
        spec_short('q', spec_flag("quiet", &quiet, "do not list the files")),
        spec_flag("theme", &theme, "templates, styles and scripts, too, to change them")};
    int status = options_parse(project.arena, &help, specs, 2, argc, argv, &arguments);
    if (status == OPTIONS_RUN && arguments.count != 1)
        status = options_error("init", "give one directory");
    if (status != OPTIONS_RUN)
        return project_end(&project, NULL, status);
    struct buf out = BUF_INIT;
    bool ok = write_project(&project, arguments.items[0], theme, &out);
    if (quiet)
        buf_reset(&out);
    return project_end(&project, &out, ok ? EXIT_DONE : EXIT_IO);
}
