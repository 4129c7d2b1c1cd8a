/* One model of the models.dev repository: TOML with a [cost] table in US dollars per million
   tokens and a [limit] table. Only plain "key = value" lines of these are read; the provider is
   the file's place in that repository, which a single file does not tell. */
#include "base/num.h"
#include "base/str.h"
#include "read/api_prices.h"

static bool matches(const struct document *d) {
    return d->toml;
}

struct toml {
    const struct document *document;
    struct str table;
    struct place place;
    struct api_price price;
    const char *base_model;
};

/* A number; digits may be parted by underscores. NaN when it is none. */
static double number_of(struct toml *t, struct str text) {
    char *plain = arena_alloc(t->document->input->arena, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '_') {
            plain[n++] = text.p[i];
        }
    }
    double value;
    return num_parse(plain, n, &value) ? value : NAN;
}

/* The text between plain quotes; NULL when it is none or holds an escape. */
static const char *text_of(struct toml *t, struct str value) {
    bool quoted = value.n >= 2 && strchr("\"'", value.p[0]) && value.p[value.n - 1] == value.p[0];
    if (!quoted || memchr(value.p, '\\', value.n)) {
        return NULL;
    }
    if (str_turns(value.p, value.n)) {
        diag_add(t->document->input->diags, DIAG_ERROR, "toml-control", t->place,
                 "a mark that turns the direction of text");
        return NULL;
    }
    for (size_t i = 0; i < value.n; i++) {
        if ((unsigned char)value.p[i] < 0x20) {
            return NULL;
        }
    }
    return arena_copy(t->document->input->arena, value.p + 1, value.n - 2);
}

static void take_cost(struct toml *t, struct str key, struct str value) {
    const struct {
        const char *name;
        double *into;
    } costs[] = {{"input", &t->price.input_usd_per_million},
                 {"output", &t->price.output_usd_per_million},
                 {"cache_read", &t->price.cached_input_usd_per_million},
                 {"cache_write", &t->price.cache_write_usd_per_million}};
    for (size_t i = 0; i < sizeof costs / sizeof *costs; i++) {
        if (str_equal(key, str_of(costs[i].name))) {
            *costs[i].into = number_of(t, value);
            if (isnan(*costs[i].into)) {
                diag_add(t->document->input->diags, DIAG_ERROR, "toml-number", t->place,
                         "%s: \"%.*s\" is not a number", costs[i].name, (int)value.n, value.p);
            }
        }
    }
}

static void take_pair(struct toml *t, struct str key, struct str value) {
    if (str_equal(t->table, STR("cost"))) {
        take_cost(t, key, value);
    } else if (str_equal(t->table, STR("limit")) && str_equal(key, STR("context"))) {
        double context = number_of(t, value);
        t->price.context_tokens = context >= 1 && context <= 1e9 ? (uint64_t)context : 0;
    } else if (t->table.n == 0 && str_equal(key, STR("name"))) {
        t->price.model_as_stated = text_of(t, value);
    } else if (t->table.n == 0 && str_equal(key, STR("base_model"))) {
        t->base_model = text_of(t, value);
    }
}

/* Up to a remark, which begins with '#' outside of quotes. */
static struct str without_remark(struct str line) {
    char quote = 0;
    for (size_t i = 0; i < line.n; i++) {
        char c = line.p[i];
        if (c == '#' && !quote) {
            return str_trim((struct str){line.p, i});
        }
        quote = quote ? (c == quote ? 0 : quote) : (c == '"' || c == '\'' ? c : 0);
    }
    return line;
}

static void take_line(struct toml *t, struct str line) {
    line = without_remark(line);
    const char *equals = line.n ? memchr(line.p, '=', line.n) : NULL;
    if (line.n == 0) {
        return;
    }
    if (line.p[0] == '[') {
        size_t brackets = line.n > 1 && line.p[1] == '[' ? 2 : 1;
        bool closed = line.n > 2 * brackets && line.p[line.n - 1] == ']';
        t->table = closed ? (struct str){line.p + brackets, line.n - 2 * brackets} : STR("?");
    } else if (equals) {
        size_t n = (size_t)(equals - line.p);
        take_pair(t, str_trim((struct str){line.p, n}),
                  str_trim((struct str){equals + 1, line.n - n - 1}));
    }
}

static void read(const struct document *d, struct api_price_list *list) {
    struct toml t = {.document = d, .place = {d->input->display, 0, 1}, .price = api_price_none(d)};
    const char *at = d->input->text, *end = at + d->input->n;
    if (!str_is_utf8(at, d->input->n)) {
        diag_add(d->input->diags, DIAG_ERROR, "toml-utf8", (struct place){d->input->display, 0, 0},
                 "not UTF-8");
        return;
    }
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        t.place.line++;
        take_line(&t, str_trim((struct str){at, (size_t)(stop - at)}));
        at = stop + 1;
    }
    t.price.place = (struct place){d->input->display, 1, 1};
    t.price.provider = "models.dev";
    t.price.model_as_stated = t.base_model ? t.base_model : t.price.model_as_stated;
    t.price.source = "models.dev";
    if (t.price.model_as_stated) {
        api_price_take(d, list, t.price);
    }
}

const struct api_format api_format_models_dev_toml = {"models.dev TOML", matches, read};
