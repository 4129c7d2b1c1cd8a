/* Checked values of a config: by key and synonyms, in the decoder's object and the file's. */
#include "read/hf.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void hf_refuse(struct hf *hf, const struct json *where, const char *code, const char *format, ...) {
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    hf->failed = true;
    diag_add(hf->diags, DIAG_ERROR, code, where ? where->place : hf->root->place, "%s", text);
}

static const struct json *find(const struct json *object, const char *keys) {
    if (!object || object->kind != JSON_OBJECT)
        return NULL;
    for (const char *key = keys; *key;) {
        size_t n = strcspn(key, "|");
        char name[64];
        if (n < sizeof name) {
            memcpy(name, key, n);
            name[n] = '\0';
            const struct json *value = json_get(object, name);
            if (value && value->kind != JSON_NULL)
                return value;
        }
        key += n + (key[n] == '|');
    }
    return NULL;
}

const struct json *hf_value(const struct hf *hf, const char *keys) {
    const struct json *value = find(hf->text, keys);
    return value || hf->part || hf->text == hf->root ? value : find(hf->root, keys);
}

const struct json *hf_enter(struct hf *hf, const struct json *part) {
    const struct json *text = hf->text;
    hf->text = part;
    hf->part = true;
    return text;
}

void hf_leave(struct hf *hf, const struct json *text) {
    hf->text = text;
    hf->part = false;
}

static uint32_t integer(struct hf *hf, const struct json *value, const char *keys, uint32_t min,
                        uint32_t max) {
    int key = (int)strcspn(keys, "|");
    if (value->kind != JSON_NUMBER || !(value->number == floor(value->number))) {
        hf_refuse(hf, value, "config-type", "\"%.*s\" must be an integer", key, keys);
        return 0;
    }
    if (!(value->number >= min && value->number <= max)) {
        hf_refuse(hf, value, "config-range", "\"%.*s\" must be from %u to %u", key, keys, min, max);
        return 0;
    }
    return (uint32_t)value->number;
}

uint32_t hf_u32(struct hf *hf, const char *keys, uint32_t min, uint32_t max) {
    const struct json *value = hf_value(hf, keys);
    if (value)
        return integer(hf, value, keys, min, max);
    hf_refuse(hf, hf->text, "config-missing-key", "\"%.*s\" is missing", (int)strcspn(keys, "|"),
              keys);
    return 0;
}

uint32_t hf_u32_or(struct hf *hf, const char *keys, uint32_t fallback, uint32_t max) {
    const struct json *value = hf_value(hf, keys);
    return value ? integer(hf, value, keys, 0, max) : fallback;
}

bool hf_bool_or(struct hf *hf, const char *keys, bool fallback) {
    const struct json *value = hf_value(hf, keys);
    if (!value)
        return fallback;
    if (value->kind != JSON_TRUE && value->kind != JSON_FALSE)
        hf_refuse(hf, value, "config-type", "\"%.*s\" must be true or false",
                  (int)strcspn(keys, "|"), keys);
    return value->kind == JSON_TRUE;
}

const char *hf_string_or(struct hf *hf, const char *keys, const char *fallback) {
    const struct json *value = hf_value(hf, keys);
    if (!value)
        return fallback;
    if (value->kind == JSON_STRING)
        return value->string;
    hf_refuse(hf, value, "config-type", "\"%.*s\" must be a string", (int)strcspn(keys, "|"), keys);
    return fallback;
}

const struct json *hf_list(struct hf *hf, const char *keys, size_t count) {
    const struct json *value = hf_value(hf, keys);
    if (!value)
        return NULL;
    int key = (int)strcspn(keys, "|");
    if (value->kind != JSON_ARRAY) {
        hf_refuse(hf, value, "config-type", "\"%.*s\" must be an array", key, keys);
        return NULL;
    }
    if (value->count > HF_MAX_ITEMS) {
        hf_refuse(hf, value, "config-layers", "\"%.*s\" has more than %d entries", key, keys,
                  HF_MAX_ITEMS);
        return NULL;
    }
    if (count && value->count != count) {
        hf_refuse(hf, value, "config-layers", "\"%.*s\" has %zu entries for %zu layers", key, keys,
                  value->count, count);
        return NULL;
    }
    return value;
}

uint32_t hf_item_u32(struct hf *hf, const struct json *list, size_t index, uint32_t max) {
    const struct json *item = list->items[index];
    if (item->kind == JSON_TRUE || item->kind == JSON_FALSE)
        return item->kind == JSON_TRUE;
    return integer(hf, item, "list entry", 0, max);
}

bool hf_item_is(const struct json *list, size_t index, const char *text) {
    const struct json *item = list->items[index];
    return item->kind == JSON_STRING && strcmp(item->string, text) == 0;
}
