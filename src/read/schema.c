#include "read/schema.h"

#include "base/buf.h"
#include "base/num.h"

#include <math.h>

struct check {
    struct arena *arena;
    struct diags *diags;
    const struct schema *schema;
    bool good;
    size_t unknown; /* keys */
};

enum { SUGGESTIONS_MAX = 100 }; /* of unknown keys a nearest one is sought for */

static void fail(struct check *c, const char *code, struct place place, const char *key,
                 const char *text) {
    c->good = false;
    diag_add(c->diags, DIAG_ERROR, code, place, "%s: \"%s\" %s", c->schema->what, key, text);
}

const char *schema_nearest(const char *name, const char *const *names, size_t count) {
    const char *best = NULL;
    unsigned best_distance = 1 + (unsigned)strlen(name) / 3;
    for (size_t i = 0; i < count; i++) {
        unsigned distance = str_distance(name, names[i]);
        if (distance < best_distance || (distance == best_distance && !best)) {
            best = names[i];
            best_distance = distance;
        }
    }
    return best;
}

/* From field `from` on and round: objects mostly have their keys in the order of the schema. */
static const struct field *find_field(const struct schema *schema, const char *key, size_t from) {
    for (size_t i = 0; i < schema->count; i++) {
        size_t at = from + i < schema->count ? from + i : from + i - schema->count;
        const char *own = schema->fields[at].key;
        if (own[0] == key[0] && strcmp(own, key) == 0) { /* most differ in the first letter */
            return &schema->fields[at];
        }
    }
    return NULL;
}

static const char *nearest_key(struct check *c, const char *key) {
    const char **keys = ARENA_ARRAY(c->arena, c->schema->count, const char *);
    for (size_t i = 0; i < c->schema->count; i++) {
        keys[i] = c->schema->fields[i].key;
    }
    return schema_nearest(key, keys, c->schema->count);
}

static void unknown_key(struct check *c, struct place place, const char *key) {
    const char *near = c->unknown++ < SUGGESTIONS_MAX ? nearest_key(c, key) : NULL;
    c->good = false;
    diag_add(c->diags, DIAG_ERROR, "schema-unknown-key", place, "%s: unknown key \"%s\"%s%s%s",
             c->schema->what, key, near ? "; did you mean \"" : "", near ? near : "",
             near ? "\"?" : "");
}

static bool is_digits(const char *text, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
    }
    return true;
}

static int two_digits(const char *text) {
    return (text[0] - '0') * 10 + text[1] - '0';
}

static int days_of(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool schema_is_date(const char *text) {
    size_t n = strlen(text);
    if ((n != 4 && n != 7 && n != 10) || !is_digits(text, 4)) {
        return false;
    }
    if (n >= 7 && (text[4] != '-' || !is_digits(text + 5, 2) || two_digits(text + 5) < 1 ||
                   two_digits(text + 5) > 12)) {
        return false;
    }
    int year = two_digits(text) * 100 + two_digits(text + 2);
    return n < 10 || (text[7] == '-' && is_digits(text + 8, 2) && two_digits(text + 8) >= 1 &&
                      two_digits(text + 8) <= days_of(year, two_digits(text + 5)));
}

const char *schema_day(struct arena *arena, const char *text) {
    if (!text || strnlen(text, 10) < 10)
        return NULL;
    const char *day = arena_copy(arena, text, 10);
    return schema_is_date(day) ? day : NULL;
}

bool schema_is_id(const char *text) {
    size_t n = strlen(text);
    for (size_t i = 0; i < n; i++) {
        char c = text[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!plain && (i == 0 || !strchr("._-", c))) {
            return false;
        }
    }
    return n > 0 && n <= SCHEMA_ID_BYTES;
}

static void check_range(struct check *c, const struct field *f, const struct json *value,
                        double number) {
    bool any = f->minimum == 0 && f->maximum == 0;
    if (any || (number >= f->minimum && number <= f->maximum)) {
        return;
    }
    char low[NUM_MAX], high[NUM_MAX];
    num_shortest(low, f->minimum);
    num_shortest(high, f->maximum);
    fail(c, "schema-range", value->place, f->key,
         arena_printf(c->arena, "is out of range: %s to %s%s", low, high,
                      f->kind == FIELD_QUANTITY ? " in base units" : ""));
}

static const char *unit_list(struct check *c, const struct unit *units) {
    const char *list = units->name;
    for (const struct unit *u = units + 1; u->name; u++) {
        list = arena_printf(c->arena, "%s, %s", list, u->name);
    }
    return list;
}

static const struct unit *find_unit(const struct unit *units, struct str name) {
    for (const struct unit *u = units; u->name; u++) {
        if (str_equal(name, str_of(u->name)) ||
            (u->also && str_equal_nocase(name, str_of(u->also)))) {
            return u;
        }
    }
    return NULL;
}

static void read_quantity(struct check *c, const struct field *f, const struct json *value,
                          double *out) {
    if (value->kind == JSON_NUMBER) {
        fail(c, "schema-unit", value->place, f->key,
             arena_printf(c->arena, "leaves the unit open: write a text with one of %s",
                          unit_list(c, f->units)));
        return;
    }
    if (value->kind != JSON_STRING) {
        fail(c, "schema-type", value->place, f->key, "must be a text with number and unit");
        return;
    }
    size_t length = strspn(value->string, "+-.0123456789eE");
    struct str unit = str_trim(str_of(value->string + length));
    const struct unit *found = find_unit(f->units, unit);
    double number;
    if (!num_parse(value->string, length, &number)) {
        fail(c, "schema-type", value->place, f->key, "must start with a number");
    } else if (!found) {
        fail(c, "schema-unit", value->place, f->key,
             arena_printf(c->arena, "needs a unit, one of %s", unit_list(c, f->units)));
    } else {
        *out = number * found->factor;
        check_range(c, f, value, *out);
    }
}

static void read_text(struct check *c, const struct field *f, const struct json *value,
                      const char **out) {
    if (value->kind != JSON_STRING || value->string[0] == '\0') {
        fail(c, "schema-type", value->place, f->key, "must be a text that is not empty");
    } else if (f->kind == FIELD_ID && !schema_is_id(value->string)) {
        fail(c, "schema-id", value->place, f->key, SCHEMA_ID_RULE);
    } else if (f->kind == FIELD_DATE && !schema_is_date(value->string)) {
        fail(c, "schema-date", value->place, f->key, "must be a date: YYYY-MM-DD");
    } else {
        *out = value->string;
    }
}

static void read_texts(struct check *c, const struct field *f, const struct json *value,
                       char *out) {
    const char **texts = ARENA_ARRAY(c->arena, value->count + 1, const char *);
    bool good = value->kind == JSON_ARRAY;
    for (size_t i = 0; good && i < value->count; i++) {
        texts[i] = value->items[i]->string;
        good = value->items[i]->kind == JSON_STRING && texts[i][0];
    }
    if (!good) {
        fail(c, "schema-type", value->place, f->key, "must be a list of texts");
        return;
    }
    *(const char *const **)(void *)(out + f->offset) = texts;
    *(size_t *)(void *)(out + f->count_offset) = value->count;
}

static void read_number(struct check *c, const struct field *f, const struct json *value,
                        void *out) {
    bool whole = f->kind == FIELD_U32;
    if (value->kind != JSON_NUMBER) {
        fail(c, "schema-type", value->place, f->key,
             value->kind == JSON_STRING ? "must be a number without quotes" : "must be a number");
    } else if (whole && (!value->is_integer || value->number < 0 || value->number > UINT32_MAX)) {
        fail(c, "schema-type", value->place, f->key, "must be a whole number");
    } else {
        check_range(c, f, value, value->number);
        if (whole) {
            *(uint32_t *)out = (uint32_t)value->integer;
        } else {
            *(double *)out = value->number;
        }
    }
}

static void read_json(struct check *c, const struct field *f, const struct json *value,
                      const struct json **out) {
    if (value->kind == (f->kind == FIELD_OBJECT ? JSON_OBJECT : JSON_ARRAY)) {
        *out = value;
    } else {
        fail(c, "schema-type", value->place, f->key,
             f->kind == FIELD_OBJECT ? "must be an object" : "must be a list");
    }
}

static void read_field(struct check *c, const struct field *f, const struct json *value,
                       char *out) {
    void *at = out + f->offset;
    switch (f->kind) {
    case FIELD_TEXT:
    case FIELD_ID:
    case FIELD_DATE:
        read_text(c, f, value, at);
        return;
    case FIELD_TEXTS:
        read_texts(c, f, value, out);
        return;
    case FIELD_NUMBER:
    case FIELD_U32:
        read_number(c, f, value, at);
        return;
    case FIELD_QUANTITY:
        read_quantity(c, f, value, at);
        return;
    case FIELD_OBJECT:
    case FIELD_ARRAY:
        read_json(c, f, value, at);
        return;
    case FIELD_BOOL:
        if (value->kind == JSON_TRUE || value->kind == JSON_FALSE) {
            *(bool *)at = value->kind == JSON_TRUE;
        } else {
            fail(c, "schema-type", value->place, f->key, "must be true or false");
        }
    }
}

static void check_missing(struct check *c, const struct json *object, const bool *given) {
    for (size_t i = 0; i < c->schema->count; i++) {
        const struct field *f = &c->schema->fields[i];
        if (f->required && !given[i]) {
            fail(c, "schema-missing-key", object->place, f->key, "is missing");
        }
    }
}

bool schema_read(struct arena *arena, struct diags *diags, const struct schema *schema,
                 const struct json *object, void *out) {
    struct check c = {.arena = arena, .diags = diags, .schema = schema, .good = true};
    if (object->kind != JSON_OBJECT) {
        diag_add(diags, DIAG_ERROR, "schema-type", object->place, "%s: must be an object",
                 schema->what);
        return false;
    }
    bool *given = ARENA_ARRAY(arena, schema->count + 1, bool);
    size_t next = 0;
    for (size_t i = 0; i < object->count; i++) {
        const struct field *f = find_field(schema, object->keys[i], next);
        if (!f) {
            unknown_key(&c, object->key_places[i], object->keys[i]);
            continue;
        }
        next = (size_t)(f - schema->fields) + 1;
        if (object->items[i]->kind != JSON_NULL) {
            given[next - 1] = true;
            read_field(&c, f, object->items[i], out);
        }
    }
    check_missing(&c, object, given);
    return c.good;
}
