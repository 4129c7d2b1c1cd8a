/* API prices: the list's keeper, the project's own table, and which format a file is in. */
#include "read/api_prices.h"

#include "base/num.h"
#include "read/misplaced.h"
#include "read/offers_current.h"
#include "read/schema.h"
#include "read/sellers.h"

#include <stdlib.h>

struct api_price *api_price_add(struct arena *arena, struct api_price_list *list) {
    list->items = arena_grow(list->arena ? list->arena : arena, list->items, list->count,
                             &list->capacity, sizeof *list->items);
    return &list->items[list->count++];
}

double api_per_million(double usd_per_token) {
    return round(usd_per_token * 1e15) / 1e9;
}

double api_text_per_million(const struct json *object, const char *key) {
    const char *text = json_get_string(object, key);
    double value;
    bool good = text && num_parse(text, strlen(text), &value) && value >= 0;
    return good ? api_per_million(value) : (double)NAN;
}

uint64_t api_context(const struct json *object, const char *key) {
    double tokens = json_get_number(object, key);
    return tokens >= 1 && tokens <= 1e9 ? (uint64_t)tokens : 0;
}

struct api_price api_price_none(const struct document *document) {
    return (struct api_price){.input_usd_per_million = NAN,
                              .output_usd_per_million = NAN,
                              .cached_input_usd_per_million = NAN,
                              .cache_write_usd_per_million = NAN,
                              .as_of = document->date};
}

/* Dearer or a tenth as cheap as anything ever sold: a price per million tokens read as per token,
   or the other way round. */
static bool absurd(double usd_per_million) {
    return usd_per_million < 0 || usd_per_million > 10000 ||
           (usd_per_million > 0 && usd_per_million < 0.0005);
}

static double or_none(double usd) {
    return usd == 0 ? NAN : usd;
}

/* Of what is asked for besides: a price of it that cannot be is none. */
static double if_sane(const struct document *document, const struct api_price *price, double usd) {
    if (!absurd(usd))
        return usd;
    diag_add(document->input->diags, DIAG_WARNING, "price-range", price->place,
             "%s: a million cached tokens cost 0 or 0.0005 to 10,000 US dollars: left open",
             price->model_as_stated);
    return NAN;
}

void api_price_take(const struct document *document, struct api_price_list *list,
                    struct api_price price) {
    if (isnan(price.input_usd_per_million) || isnan(price.output_usd_per_million)) {
        return;
    }
    if (!price.provider[0] || !price.model_as_stated[0]) {
        diag_add(document->input->diags, DIAG_WARNING, "price-unnamed", price.place,
                 "a price without provider or model is left out");
        return;
    }
    if (absurd(price.input_usd_per_million) || absurd(price.output_usd_per_million)) {
        diag_add(document->input->diags, DIAG_WARNING, "price-range", price.place,
                 "%s: a million tokens cost 0 or 0.0005 to 10,000 US dollars: is this price per "
                 "token or per million? Left out",
                 price.model_as_stated);
        return;
    }
    price.cached_input_usd_per_million =
        if_sane(document, &price, price.cached_input_usd_per_million);
    price.cache_write_usd_per_million =
        if_sane(document, &price, price.cache_write_usd_per_million);
    price.provider = seller_name(document->input->arena, price.provider);
    price.free_tier = price.input_usd_per_million == 0 && price.output_usd_per_million == 0;
    if (price.input_usd_per_million > 0) { /* 0 stands for none in several lists */
        price.cached_input_usd_per_million = or_none(price.cached_input_usd_per_million);
        price.cache_write_usd_per_million = or_none(price.cache_write_usd_per_million);
    }
    *api_price_add(document->input->arena, list) = price;
}

enum {
    PROVIDER,
    MODEL,
    INPUT,
    OUTPUT,
    CACHED,
    CACHE_WRITE,
    CONTEXT,
    PRECISION,
    AS_OF,
    SOURCE,
    COLUMNS
};
static const char *const own_columns[COLUMNS] = {"provider",
                                                 "model",
                                                 "input_usd_per_million",
                                                 "output_usd_per_million",
                                                 "cached_input_usd_per_million",
                                                 "cache_write_usd_per_million",
                                                 "context_tokens",
                                                 "precision",
                                                 "as_of",
                                                 "source"};

static bool own_matches(const struct document *document) {
    static const char *const need[] = {"provider", "model"};
    return document_has_columns(document, need, 2);
}

struct own {
    const struct document *document;
    const struct csv_table *table;
    int column[COLUMNS];
    size_t row;
};

static const struct csv_cell *cell(const struct own *own, int name) {
    return csv_at(own->table, own->row, own->column[name]);
}

static double own_price(const struct own *own, int name) {
    double value;
    schema_cell_number(cell(own, name), own_columns[name], 0, 10000, own->document->input->diags,
                       &value);
    return value;
}

static void own_row(const struct own *own, struct api_price_list *list) {
    struct diags *diags = own->document->input->diags;
    struct api_price p = api_price_none(own->document);
    size_t before = diags_errors(diags);
    double context;
    p.provider = cell(own, PROVIDER)->text;
    p.model_as_stated = cell(own, MODEL)->text;
    p.place = cell(own, PROVIDER)->place;
    p.input_usd_per_million = own_price(own, INPUT);
    p.output_usd_per_million = own_price(own, OUTPUT);
    p.cached_input_usd_per_million = own_price(own, CACHED);
    p.cache_write_usd_per_million = own_price(own, CACHE_WRITE);
    schema_cell_number(cell(own, CONTEXT), "context_tokens", 1, 1e9, diags, &context);
    p.context_tokens = isnan(context) ? 0 : (uint64_t)context;
    p.precision = document_text(cell(own, PRECISION)->text);
    p.as_of = schema_cell_date(cell(own, AS_OF), own->column[AS_OF], own->document->date, diags);
    p.source = document_text(cell(own, SOURCE)->text);
    bool named = p.provider[0] && p.model_as_stated[0];
    bool priced = !isnan(p.input_usd_per_million) && !isnan(p.output_usd_per_million);
    if ((!named || !priced) && diags_errors(diags) == before) {
        diag_add(diags, DIAG_ERROR, "price-missing", p.place,
                 "provider, model, input and output price are needed");
    } else if (named && priced) {
        api_price_take(own->document, list, p);
    }
}

static const char *const open_columns[] = {"input",       "output",       "price",
                                           "input_price", "output_price", "input_usd",
                                           "output_usd",  "cached_input"};

static void own_read(const struct document *document, struct api_price_list *list) {
    struct own own = {.document = document, .table = document->table};
    struct diags *diags = document->input->diags;
    if (schema_units_open(own.table, open_columns, sizeof open_columns / sizeof *open_columns,
                          "input_usd_per_million or output_usd_per_million", diags) ||
        !schema_columns(own.table, own_columns, COLUMNS, 4, own.column, diags)) {
        return;
    }
    for (own.row = 0; own.row < own.table->row_count; own.row++) {
        own_row(&own, list);
    }
}

const struct api_format api_format_own = {"tallypress", own_matches, own_read};

static const struct api_format *const formats[] = {
    &api_format_own,        &api_format_litellm,         &api_format_openrouter,
    &api_format_pi_ai,      &api_format_llm_prices,      &api_format_genai_prices,
    &api_format_llmgateway, &api_format_models_dev_toml, &api_format_models_dev};

static const struct api_format *format_of(const struct document *document) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (formats[i]->matches(document)) {
            return formats[i];
        }
    }
    return NULL;
}

bool api_prices_match(const struct document *document) {
    return format_of(document) != NULL;
}

void read_api_prices(const struct input *in, struct api_price_list *list) {
    struct document document;
    size_t from = list->count, said = diags_count(in->diags);
    if (!document_read(in, &document)) {
        return;
    }
    const struct api_format *format = format_of(&document);
    if (format) {
        format->read(&document, list);
        if (list->count == from && diags_count(in->diags) == said) {
            misplaced_empty(&document, "API price list");
        }
    } else {
        misplaced_refuse(&document, "API price list",
                         "provider, model, input_usd_per_million and output_usd_per_million");
    }
}
