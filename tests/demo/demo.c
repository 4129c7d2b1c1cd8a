/* Writes charts.html with every sample chart: to look at, in light, dark and on paper. Not shipped.
   Usage: demo OUT.html */
#include "charts.h"

#include "base/buf.h"
#include "base/diag.h"
#include "base/fs.h"
#include "render/render.h"

#include <stdio.h>

static void put_file(struct arena *arena, struct diags *diags, const char *path, struct buf *out) {
    const char *text;
    size_t n;
    if (fs_read(arena, path, 1 << 20, diags, &text, &n))
        buf_put(out, text, n);
}

int main(int argc, char **argv) {
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct buf out = BUF_INIT;
    size_t count;
    const struct chart *charts = demo_charts(arena, &count);
    if (argc != 2)
        return 2;
    buf_puts(&out, "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport "
                   "content='width=device-width'><title>charts</title><style>");
    put_file(arena, diags, "assets/palette.css", &out);
    put_file(arena, diags, "assets/points.css", &out);
    put_file(arena, diags, "assets/chart.css", &out);
    buf_puts(&out, "body{font-family:system-ui;background:var(--ground);color:var(--ink);"
                   "max-width:44rem;margin:1rem auto;padding:0 1rem}h2{font-size:1.05rem}</style>");
    for (size_t i = 0; i < count; i++) {
        struct marks marks = chart_layout(arena, &charts[i]);
        buf_printf(&out, "<h2>%s</h2><div class=chart>", marks.title);
        size_t before = out.len;
        render_svg(&marks, &out);
        printf("%s %zu bytes, %zu marks\n  %s\n", marks.id, out.len - before, marks.count,
               marks.desc);
        buf_puts(&out, "</div>");
    }
    bool ok = fs_write(argv[1], out.data, out.len, diags);
    buf_free(&out);
    diags_free(diags);
    arena_free(arena);
    return ok ? 0 : 3;
}
