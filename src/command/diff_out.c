/* A diff as text for people, Markdown for a pull request, JSON for machines. */
#include "base/num.h"
#include "base/shown.h"
#include "command/diff_compare.h"
#include "command/json_out.h"
#include "render/render.h"

#include <string.h>

enum { TEXT_ROWS = 20, OPEN_ROWS = 8, FOLDED_ROWS = 100 };

static size_t column_count(const struct diff_section *table) {
    size_t n = 0;
    while (n < DIFF_COLUMNS && table->columns[n])
        n++;
    return n;
}

static bool nothing(const struct diff *diff) {
    for (int t = 0; t < DIFF_TABLES; t++)
        if (diff->tables[t].count)
            return false;
    return true;
}

static void put_rest(struct buf *out, const char *before, size_t rest, const char *after) {
    if (!rest)
        return;
    buf_puts(out, before);
    buf_put_u64(out, rest);
    buf_puts(out, after);
}

void diff_print_text(const struct diff *diff, struct buf *out) {
    if (nothing(diff))
        buf_puts(out, "Nothing changed.\n");
    for (int t = 0; t < DIFF_TABLES; t++) {
        const struct diff_section *table = &diff->tables[t];
        if (!table->count)
            continue;
        buf_printf(out, "%s: %zu\n", table->title, table->count);
        for (size_t i = 0; i < table->count && i < TEXT_ROWS; i++) {
            for (size_t c = 0; c < column_count(table); c++) {
                const char *text = table->rows[i].values[c].text;
                buf_puts(out, "  ");
                buf_put_shown(out, text ? text : "");
            }
            buf_putc(out, '\n');
        }
        put_rest(out, "  ... and ", table->count > TEXT_ROWS ? table->count - TEXT_ROWS : 0,
                 " more\n");
    }
}

static void put_cell(struct buf *out, const char *text) {
    buf_putc(out, ' ');
    escape_markdown(out, text);
    buf_puts(out, " |");
}

static void put_rows(const struct diff_section *table, size_t from, size_t to, struct buf *out) {
    size_t columns = column_count(table);
    buf_puts(out, "\n|");
    for (size_t c = 0; c < columns; c++)
        put_cell(out, table->columns[c]);
    buf_puts(out, "\n|");
    for (size_t c = 0; c < columns; c++)
        buf_puts(out, "---|");
    buf_putc(out, '\n');
    for (size_t i = from; i < to; i++) {
        buf_putc(out, '|');
        for (size_t c = 0; c < columns; c++)
            put_cell(out, table->rows[i].values[c].text);
        buf_putc(out, '\n');
    }
}

void diff_print_markdown(const struct diff *diff, struct buf *out) {
    buf_puts(out, "### What this changes\n");
    if (nothing(diff))
        buf_puts(out, "\nNothing: every price, figure and winner is as before.\n");
    for (int t = 0; t < DIFF_TABLES; t++) {
        const struct diff_section *table = &diff->tables[t];
        size_t open = table->count < OPEN_ROWS ? table->count : OPEN_ROWS;
        size_t folded = table->count < FOLDED_ROWS ? table->count : FOLDED_ROWS;
        if (!table->count)
            continue;
        buf_printf(out, "\n**%s: %zu**\n", table->title, table->count);
        put_rows(table, 0, open, out);
        if (folded > open) {
            buf_printf(out, "\n<details><summary>%zu more</summary>\n", table->count - open);
            put_rows(table, open, folded, out);
            put_rest(out, "\n... and ", table->count - folded, " more.\n");
            buf_puts(out, "\n</details>\n");
        }
    }
}

void diff_print_json(const struct diff *diff, struct buf *out) {
    struct json_out json = {.out = out};
    json_out_open(&json, NULL, '{');
    json_out_whole(&json, "cells_compared", diff->cells);
    json_out_number(&json, "worst_price_rise", diff->worst_price_rise);
    json_out_number(&json, "worst_best_rise", diff->worst_best_rise);
    json_out_whole(&json, "coverage_lost", diff->coverage_lost);
    for (int t = 0; t < DIFF_TABLES; t++) {
        const struct diff_section *table = &diff->tables[t];
        json_out_open(&json, table->key, '[');
        for (size_t i = 0; i < table->count; i++) {
            json_out_open(&json, NULL, '{');
            for (size_t c = 0; c < column_count(table); c++) {
                const struct diff_value *value = &table->rows[i].values[c];
                if (value->is_number)
                    json_out_number(&json, table->keys[c], value->number);
                else
                    json_out_text(&json, table->keys[c], value->text);
            }
            json_out_close(&json, '}');
        }
        json_out_close(&json, ']');
    }
    json_out_close(&json, '}');
    buf_putc(out, '\n');
}
