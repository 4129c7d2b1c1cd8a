/* Diagnostics: collected from any thread, printed most severe first as text, JSON or annotations.
 */
#include "base/diag.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/die.h"
#include "base/shown.h"
#include "base/str.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { KEPT_MAX = 10000, SHOWN_MAX = 50 };

struct diags {
    pthread_mutex_t lock;
    struct arena *arena;
    struct diag *items;
    size_t count, capacity;
    size_t seen[DIAG_IO + 1]; /* also those not kept */
};

struct diags *diags_new(void) {
    struct diags *diags = calloc(1, sizeof *diags);
    if (!diags)
        die_no_memory(sizeof *diags);
    pthread_mutex_init(&diags->lock, NULL);
    diags->arena = arena_new();
    return diags;
}

void diags_free(struct diags *diags) {
    if (!diags)
        return;
    pthread_mutex_destroy(&diags->lock);
    arena_free(diags->arena);
    free(diags);
}

struct place place_in(const char *file, const char *text, size_t offset) {
    struct place place = {file, 1, 1};
    for (size_t i = 0; i < offset; i++) {
        place.column += ((unsigned char)text[i] & 0xC0) != 0x80;
        if (text[i] == '\n') {
            place.line++;
            place.column = 1;
        }
    }
    return place;
}

/* A copy of it, while there is room. */
static void keep(struct diags *diags, struct diag diag) {
    if (diags->count == KEPT_MAX)
        return;
    if (diag.place.file)
        diag.place.file = arena_strdup(diags->arena, diag.place.file);
    diag.code = arena_strdup(diags->arena, diag.code);
    diag.text = arena_strdup(diags->arena, diag.text);
    diags->items = arena_grow(diags->arena, diags->items, diags->count, &diags->capacity,
                              sizeof *diags->items);
    diags->items[diags->count++] = diag;
}

void diag_add(struct diags *diags, enum diag_level level, const char *code, struct place place,
              const char *format, ...) {
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    pthread_mutex_lock(&diags->lock);
    diags->seen[level]++;
    keep(diags, (struct diag){level, code, place, text});
    pthread_mutex_unlock(&diags->lock);
}

void diags_append(struct diags *diags, const struct diags *from) {
    pthread_mutex_lock(&diags->lock);
    for (int level = 0; level <= DIAG_IO; level++)
        diags->seen[level] += from->seen[level];
    for (size_t i = 0; i < from->count; i++)
        keep(diags, from->items[i]);
    pthread_mutex_unlock(&diags->lock);
}

size_t diags_count(const struct diags *diags) {
    return diags->count;
}

const struct diag *diags_get(const struct diags *diags, size_t index) {
    return &diags->items[index];
}

size_t diags_errors(const struct diags *diags) {
    return diags->seen[DIAG_ERROR] + diags->seen[DIAG_IO];
}

size_t diags_warnings(const struct diags *diags) {
    return diags->seen[DIAG_WARNING];
}

int diags_exit_status(const struct diags *diags) {
    if (diags->seen[DIAG_IO])
        return 3;
    return diags->seen[DIAG_ERROR] ? 1 : 0;
}

static const char *level_name(enum diag_level level) {
    switch (level) {
    case DIAG_NOTE:
        return "note";
    case DIAG_WARNING:
        return "warning";
    case DIAG_ERROR:
    case DIAG_IO:
        break;
    }
    return "error";
}

static void print_text(const struct diag *diag, struct buf *out) {
    const struct place *place = &diag->place;
    if (place->file) {
        buf_put_shown(out, place->file);
        if (place->line)
            buf_printf(out, ":%u", place->line);
        if (place->line && place->column)
            buf_printf(out, ":%u", place->column);
        buf_puts(out, ": ");
    } else {
        buf_puts(out, "tallypress: ");
    }
    buf_printf(out, "%s: [%s] ", level_name(diag->level), diag->code);
    buf_put_shown(out, diag->text);
    buf_putc(out, '\n');
}

/* A name of a file may be any bytes, and a long text ends within a character. */
static void put_json_string(struct buf *out, const char *text) {
    struct buf shown = BUF_INIT;
    if (!str_is_utf8(text, strlen(text))) {
        buf_put_shown(&shown, text);
        text = buf_text(&shown);
    }
    buf_putc(out, '"');
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            buf_printf(out, "\\u%04x", c);
        else
            buf_putc(out, *p);
    }
    buf_putc(out, '"');
    buf_free(&shown);
}

static void print_json(const struct diag *diag, struct buf *out) {
    buf_printf(out, "{\"level\":\"%s\",\"code\":\"%s\",\"file\":", level_name(diag->level),
               diag->code);
    if (diag->place.file)
        put_json_string(out, diag->place.file);
    else
        buf_puts(out, "null");
    buf_printf(out, ",\"line\":%u,\"column\":%u,\"message\":", diag->place.line,
               diag->place.column);
    put_json_string(out, diag->text);
    buf_puts(out, "}");
}

/* Escapes of GitHub's workflow commands: %25 %0D %0A, in properties also %3A and %2C. */
static void put_workflow(struct buf *out, const char *text, bool property) {
    for (const char *p = text; *p; p++) {
        bool escape =
            *p == '%' || *p == '\r' || *p == '\n' || (property && (*p == ':' || *p == ','));
        if (escape)
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)*p);
        else
            buf_putc(out, *p);
    }
}

static void print_github(const struct diag *diag, struct buf *out) {
    const char *kind = diag->level == DIAG_NOTE ? "notice" : level_name(diag->level);
    buf_printf(out, "::%s ", kind);
    if (diag->place.file) {
        buf_puts(out, "file=");
        put_workflow(out, diag->place.file, true);
        if (diag->place.line)
            buf_printf(out, ",line=%u", diag->place.line);
        if (diag->place.line && diag->place.column)
            buf_printf(out, ",col=%u", diag->place.column);
        buf_putc(out, ',');
    }
    buf_printf(out, "title=%s::", diag->code);
    put_workflow(out, diag->text, false);
    buf_putc(out, '\n');
}

static void print_one(const struct diag *diag, enum diag_format format, bool first,
                      struct buf *out) {
    switch (format) {
    case DIAG_FORMAT_TEXT:
        print_text(diag, out);
        break;
    case DIAG_FORMAT_JSON:
        buf_puts(out, first ? "\n  " : ",\n  ");
        print_json(diag, out);
        break;
    case DIAG_FORMAT_GITHUB:
        print_github(diag, out);
        break;
    }
}

static size_t total_seen(const struct diags *diags) {
    size_t total = 0;
    for (int level = 0; level <= DIAG_IO; level++)
        total += diags->seen[level];
    return total;
}

void diags_print(const struct diags *diags, enum diag_format format, struct buf *out) {
    size_t shown = 0, total = total_seen(diags);
    if (format == DIAG_FORMAT_JSON)
        buf_puts(out, "{\"diagnostics\":[");
    for (int level = DIAG_IO; level >= DIAG_NOTE; level--)
        for (size_t i = 0; i < diags->count && shown < SHOWN_MAX; i++)
            if ((int)diags->items[i].level == level)
                print_one(&diags->items[i], format, shown++ == 0, out);
    if (format == DIAG_FORMAT_JSON)
        buf_printf(out, "%s],\"more\":%zu,\"errors\":%zu,\"warnings\":%zu}\n", shown ? "\n" : "",
                   total - shown, diags_errors(diags), diags_warnings(diags));
    else if (total > shown && format == DIAG_FORMAT_TEXT)
        buf_printf(out, "... and %zu more\n", total - shown);
    else if (total > shown)
        buf_printf(out, "::notice::... and %zu more\n", total - shown);
}
