/* struct json as a value of a template. Numbers get their text from the arena `spare`. */
#ifndef TESTS_MUSTACHE_JSON_H
#define TESTS_MUSTACHE_JSON_H

#include "base/num.h"
#include "read/json.h"
#include "render/mustache.h"

static struct arena *spare;
static const struct mustache_class json_class;

static struct mustache_value value_of(const struct json *json) {
    struct mustache_value value = {.object = json, .class = &json_class};
    char text[NUM_MAX];
    if (!json)
        return value;
    switch (json->kind) {
    case JSON_NULL:
    case JSON_FALSE:
        value.kind = MUSTACHE_FALSE;
        break;
    case JSON_TRUE:
        value.kind = MUSTACHE_TRUE;
        break;
    case JSON_NUMBER:
        value.kind = MUSTACHE_TEXT;
        value.text.n = num_shortest(text, json->number);
        value.text.p = arena_copy(spare, text, value.text.n);
        break;
    case JSON_STRING:
        value.kind = MUSTACHE_TEXT;
        value.text = str_of(json->string);
        break;
    case JSON_ARRAY:
        value.kind = MUSTACHE_LIST;
        value.count = json->count;
        break;
    case JSON_OBJECT:
        value.kind = MUSTACHE_OBJECT;
    }
    return value;
}

static struct mustache_value json_member(const struct mustache_value *self,
                                         const struct mustache_name *name) {
    const struct json *json = self->object;
    for (size_t i = 0; i < json->count; i++)
        if (str_equal(str_of(json->keys[i]), name->text))
            return value_of(json->items[i]);
    return (struct mustache_value){0};
}

static struct mustache_value json_item(const struct mustache_value *self, size_t index) {
    return value_of(((const struct json *)self->object)->items[index]);
}

static const struct mustache_class json_class = {json_member, json_item, NULL};

#endif
