#include "read/misplaced.h"

#include "read/api_prices.h"
#include "read/offers.h"

static bool is_model(const struct json *root) {
    return json_get_string(root, "model_type") || json_get(root, "architectures");
}

void misplaced_refuse(const struct document *document, const char *lists, const char *plain) {
    const struct input *in = document->input;
    const char *is = is_model(document->root) ? "a model's config: its place is data/models/"
                     : offers_match(document) ? "a list of GPU prices: its place is data/prices/"
                     : api_prices_match(document) ? "a list of API prices: its place is "
                                                    "data/api-prices/"
                                                  : NULL;
    struct place place = {in->display, 1, 1};
    if (is)
        diag_add(in->diags, DIAG_ERROR, "format-unknown", place, "is %s", is);
    else
        diag_add(in->diags, DIAG_ERROR, "format-unknown", place,
                 "no %s format that is known has these columns or keys; the plain one has %s",
                 lists, plain);
}

void misplaced_empty(const struct document *document, const char *list) {
    const struct input *in = document->input;
    diag_add(in->diags, DIAG_WARNING, "list-empty", (struct place){in->display, 1, 1},
             "this %s holds no price", list);
}
