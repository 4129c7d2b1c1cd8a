/* Gathers what a command needs and enters the sandbox with it. */
#include "command/confine.h"

#include "base/sandbox.h"

#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CONFINE_OFF 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(COVERAGE)
#define CONFINE_OFF 1
#endif

#ifdef CONFINE_OFF
void confine_command(bool reads_only) {
    (void)reads_only;
}

bool confine_build(struct project *project, const struct inputs *inputs,
                   const struct option_list *parts, struct stage *stage) {
    (void)project;
    (void)inputs;
    (void)parts;
    (void)stage;
    return true;
}
#else
void confine_command(bool reads_only) {
    const char *why; /* nobody asked: what the kernel has is taken */
    if (reads_only)
        sandbox_read_only(&why);
    else
        sandbox_no_programs(&why);
}

/* Files are read by their own paths, which may be links to anywhere; so are their directories. */
static void take_inputs(struct arena *arena, const struct inputs *inputs, struct sandbox *sandbox) {
    const char **files = ARENA_ARRAY(arena, inputs->all.count + 1, const char *);
    const char **folders = ARENA_ARRAY(arena, inputs->all.count + 1, const char *);
    size_t folder_count = 0;
    for (size_t i = 0; i < inputs->all.count; i++) {
        const char *path = inputs->all.items[i].path, *slash = strrchr(path, '/');
        const char *folder = slash ? arena_copy(arena, path, (size_t)(slash - path)) : ".";
        files[i] = path;
        if (folder_count == 0 || strcmp(folders[folder_count - 1], folder) != 0)
            folders[folder_count++] = folder;
    }
    sandbox->files = (struct sandbox_paths){files, inputs->all.count};
    sandbox->listed = (struct sandbox_paths){folders, folder_count};
}

bool confine_build(struct project *project, const struct inputs *inputs,
                   const struct option_list *parts, struct stage *stage) {
    struct stage_places places;
    if (!stage_places(stage, &places))
        return false;
    const char *writable[] = {places.out, places.tree};
    struct sandbox sandbox = {.readable = {parts->items, parts->count},
                              .writable = {writable, 2},
                              .parents = {&places.parent, places.parent ? 1 : 0}};
    const char *why;
    take_inputs(project->arena, inputs, &sandbox);
    if (!sandbox_enter(&sandbox, &why))
        diag_add(project->diags, DIAG_NOTE, "no-sandbox", (struct place){0},
                 "%s: the build is not held to its own files", why);
    return true;
}
#endif
