/* tallypress params: parameters and KV bytes per token of any Hugging Face config.json. */
#include "command/command.h"
#include "command/project.h"
#include "command/specs.h"

#include "base/fs.h"
#include "base/num.h"
#include "base/str.h"
#include "engine/memory.h"
#include "engine/parameters.h"
#include "read/json.h"
#include "render/render.h"

#include <string.h>

static const double contexts[] = {4096, 131072};

static void put_string(struct buf *out, const char *key, const char *value) {
    buf_printf(out, "\"%s\": ", key);
    if (!value) {
        buf_puts(out, "null");
        return;
    }
    buf_putc(out, '"');
    escape_json(out, value);
    buf_putc(out, '"');
}

static void put_count(struct buf *out, const char *key, uint64_t value, bool stated) {
    buf_printf(out, ", \"%s\": ", key);
    if (stated)
        buf_put_u64(out, value);
    else
        buf_puts(out, "null");
}

static void put_bytes(struct buf *out, const char *key, double value, bool known) {
    buf_printf(out, "\"%s\": ", key);
    if (known)
        buf_put_shortest(out, value);
    else
        buf_puts(out, "null");
}

static void put_json(struct buf *out, const char *file, const struct model *model) {
    struct parameters n = parameters_count(model);
    bool shaped = !model->weights_only;
    buf_puts(out, "  {");
    put_string(out, "file", file);
    buf_puts(out, ", ");
    put_string(out, "model_type", model->model_type);
    put_count(out, "total", n.total, true);
    put_count(out, "active", n.active, shaped);
    put_count(out, "embedding", n.embedding, shaped);
    put_count(out, "mtp", n.mtp, model->mtp_stated);
    put_count(out, "vision", n.vision, !model->vision ? false : n.vision > 0);
    buf_puts(out, ", ");
    put_bytes(out, "kv_bytes_per_token_bf16", memory_kv_bytes_per_token(model, PRECISION_BF16),
              shaped);
    buf_puts(out, ", \"kv_bytes_at\": {");
    for (size_t i = 0; i < sizeof contexts / sizeof *contexts; i++) {
        char key[NUM_MAX];
        num_fixed(key, contexts[i], 0);
        buf_puts(out, i ? ", " : "");
        put_bytes(out, key, memory_kv_bytes(model, PRECISION_BF16, contexts[i], 1), shaped);
    }
    buf_puts(out, "}, \"parts\": {");
    const struct {
        const char *name;
        uint64_t value;
    } parts[] = {{"attention", n.attention}, {"dense", n.dense},   {"experts", n.experts},
                 {"shared", n.shared},       {"router", n.router}, {"norms", n.norms},
                 {"head", n.head},           {"other", n.other}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buf_printf(out, "%s\"%s\": ", i ? ", " : "", parts[i].name);
        buf_put_u64(out, parts[i].value);
    }
    buf_puts(out, "}}");
}

static void put_json_error(struct buf *out, const char *file, const struct diag *error) {
    buf_puts(out, "  {");
    put_string(out, "file", file);
    buf_puts(out, ", \"error\": {");
    put_string(out, "code", error->code);
    buf_puts(out, ", ");
    put_string(out, "message", error->text);
    buf_puts(out, "}}");
}

static void put_cell(struct buf *out, double value, bool known) {
    char text[NUM_MAX] = "-";
    if (known)
        num_fixed(text, value, 0);
    buf_printf(out, " %17s", text);
}

static void put_row(struct buf *out, const char *file, const struct model *model) {
    struct parameters n = parameters_count(model);
    bool shaped = !model->weights_only;
    put_cell(out, (double)n.total, true);
    put_cell(out, (double)n.active, shaped);
    put_cell(out, (double)n.embedding, shaped);
    put_cell(out, (double)n.mtp, model->mtp_stated);
    put_cell(out, (double)n.vision, n.vision > 0);
    put_cell(out, memory_kv_bytes_per_token(model, PRECISION_BF16), shaped);
    put_cell(out, memory_kv_bytes(model, PRECISION_BF16, contexts[1], 1), shaped);
    buf_printf(out, "  %-20s %s\n", model->model_type, file);
}

static const struct diag *first_error(const struct diags *diags) {
    for (size_t i = 0; i < diags_count(diags); i++)
        if (diags_get(diags, i)->level >= DIAG_ERROR)
            return diags_get(diags, i);
    return NULL;
}

/* The config.json beside an index that gives bytes only; NULL when there is none. */
static const char *beside(struct arena *arena, const char *file, struct diags *diags) {
    if (!str_ends(file, ".index.json"))
        return NULL;
    const char *slash = strrchr(file, '/');
    const char *path =
        slash ? arena_printf(arena, "%.*s/config.json", (int)(slash - file), file) : "config.json";
    return fs_is_file(path, diags) ? path : NULL;
}

/* A model from a file; an index without a count is answered by the config beside it. */
static bool read_file(struct project *project, const char *file, struct diags *diags,
                      struct model *model) {
    const char *text, *config = beside(project->arena, file, diags);
    size_t n;
    if (!fs_read(project->arena, file, JSON_MAX_BYTES, diags, &text, &n))
        return false;
    if (!config)
        return read_model(project->arena, file, text, n, diags, model);
    struct diags *unheard = diags_new();
    bool ok = read_model(project->arena, file, text, n, unheard, model);
    diags_free(unheard);
    return ok || (fs_read(project->arena, config, JSON_MAX_BYTES, diags, &text, &n) &&
                  read_model(project->arena, config, text, n, diags, model));
}

/* Answers one file; its diagnostics go on to the command's. */
static void answer(struct project *project, const char *file, bool json, struct buf *out) {
    struct diags *diags = diags_new();
    struct model model;
    bool ok = read_file(project, file, diags, &model);
    const struct diag *error = first_error(diags);
    if (ok && json)
        put_json(out, file, &model);
    else if (ok)
        put_row(out, file, &model);
    else if (json && error)
        put_json_error(out, file, error);
    diags_append(project->diags, diags);
    diags_free(diags);
}

int command_params(int argc, char **argv) {
    static const struct options_help help = {
        "params", "FILE...",
        "Counts the parameters and the KV cache of Hugging Face config.json files: the text\n"
        "decoder with embeddings and head, without MTP layers and vision towers, which stand\n"
        "apart. Sizes in bytes are for a 16-bit cache of one sequence.",
        "tallypress params Qwen3-8B/config.json --json"};
    struct project project = project_begin();
    struct option_list files = {0};
    bool json = false;
    const struct option_spec specs[] = {spec_flag("json", &json, "one JSON array")};
    struct buf out = BUF_INIT;
    int status = options_parse(project.arena, &help, specs, 1, argc, argv, &files);
    if (status == OPTIONS_RUN && files.count == 0)
        status = options_error("params", "a FILE is missing");
    if (status != OPTIONS_RUN)
        return project_end(&project, &out, status);
    if (json)
        buf_puts(&out, "[\n");
    else
        buf_printf(&out, " %17s %17s %17s %17s %17s %17s %17s  %-20s %s\n", "total", "active",
                   "embedding", "mtp", "vision", "KV B/token", "KV B at 131072", "model type",
                   "file");
    for (size_t i = 0; i < files.count; i++) {
        answer(&project, files.items[i], json, &out);
        if (json)
            buf_puts(&out, i + 1 < files.count ? ",\n" : "\n");
    }
    if (json)
        buf_puts(&out, "]\n");
    return project_end(&project, &out, EXIT_DONE);
}
