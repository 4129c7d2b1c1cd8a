/* Two built sites, of which anybody may have written the tables: the input is cut at the first byte
   0x1e into one table of the old site and one of the new, which stand in every place that diff
   reads. What it prints stays a table in Markdown and JSON in JSON. */
#include "fuzz.h"

#include "base/fs.h"
#include "command/diff_site.h"
#include "publish/manifest.h"
#include "publish/publish.h"

#include <sys/stat.h>
#include <unistd.h>

static const char *const tables[] = {"gpus.json", "models.json", "models/m/gpus.json",
                                     "platforms/p/offers.json"};
enum { TABLES = sizeof tables / sizeof *tables };

static char memory[] = "/dev/shm/fuzz-diff-XXXXXX", disk[] = "/tmp/fuzz-diff-XXXXXX", *made;

static void remove_top(void) {
    fs_remove_tree(made, NULL);
}

/* A place in memory where there is one. */
static const char *top(void) {
    if (!made) {
        made = mkdtemp(memory) ? memory : mkdtemp(disk);
        atexit(remove_top);
    }
    PROMISE(made, "no directory");
    return made;
}

static const char *make_site(struct fuzz *fuzz, const char *name, const char *text, size_t n) {
    struct arena *arena = fuzz->in.arena;
    const char *site = fs_join(arena, top(), name);
    struct buf out = BUF_INIT;
    buf_puts(&out, "tallypress-manifest 1 0123456789abcdef\n");
    for (size_t i = 0; i < TABLES; i++) {
        const char *path = fs_join(arena, site, tables[i]);
        fs_mkdirs(arena_copy(arena, path, (size_t)(strrchr(path, '/') - path)), fuzz->in.diags);
        PROMISE(fs_write(path, text, n, fuzz->in.diags), "no file");
        buf_printf(&out, "%016zx %zu %s\n", 2 * n + (name[0] == 'n'), n, tables[i]);
    }
    PROMISE(fs_write(fs_join(arena, site, STAGE_MANIFEST), out.data, out.len, fuzz->in.diags),
            "no manifest");
    buf_free(&out);
    return site;
}

/* Every row of a table has the bars of its head, and no element but the two that fold. */
static void check_markdown(const char *text) {
    for (const char *p = strchr(text, '<'); p; p = strchr(p + 1, '<'))
        PROMISE(strncmp(p, "<details><summary>", 18) == 0 || strncmp(p, "<summary>", 9) == 0 ||
                    strncmp(p, "</summary>", 10) == 0 || strncmp(p, "</details>", 10) == 0,
                "an element: %.40s", p);
    size_t head = 0;
    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n"), bars = 0;
        for (size_t i = 0; i < n; i++) {
            if (line[i] == '\\' && i + 1 < n)
                i++;
            else
                bars += line[i] == '|';
        }
        PROMISE(*line != '|' || !head || bars == head, "a row leaves its columns: %.*s", (int)n,
                line);
        head = *line == '|' ? bars : 0;
        line += n + (line[n] == '\n');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin(bytes, n, "diff");
    struct input *in = &fuzz.in;
    const char *cut = memchr(in->text, 0x1e, in->n);
    size_t first = cut ? (size_t)(cut - in->text) : in->n;
    const char *old = make_site(&fuzz, "old", in->text, first);
    const char *new = make_site(&fuzz, "new", cut ? cut + 1 : in->text, cut ? n - first - 1 : n);
    struct buf out = BUF_INIT;
    struct diff diff;
    if (diff_sites(in->arena, old, new, in->diags, &diff)) {
        diff_print_text(&diff, &out);
        buf_reset(&out);
        diff_print_markdown(&diff, &out);
        check_markdown(buf_text(&out));
        buf_reset(&out);
        diff_print_json(&diff, &out);
        PROMISE(json_parse(in->arena, "out", buf_text(&out), out.len, in->diags), "JSON: %s",
                buf_text(&out));
    }
    buf_free(&out);
    fuzz_end(&fuzz);
    return 0;
}
