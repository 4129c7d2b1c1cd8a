/* Models from files: the shipped catalog against its published counts, every sample config
   answered, bad configs refused with code and place, and no crash on mutations. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/fs.h"
#include "engine/memory.h"
#include "engine/parameters.h"
#include "read/json.h"
#include "read/read.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define SAMPLES "../shared/samples/hf_configs"

static bool read_text(struct arena *arena, const char *path, const char *text, size_t n,
                      struct model *model, char *code, size_t cap) {
    struct diags *diags = diags_new();
    bool ok = read_model(arena, path, text, n, diags, model);
    assert_int_equal(ok, diags_errors(diags) == 0);
    strncpy(code, ok ? "" : diags_get(diags, 0)->code, cap - 1);
    code[cap - 1] = '\0';
    diags_free(diags);
    return ok;
}

static struct model shipped(struct arena *arena, const char *name) {
    struct diags *diags = diags_new();
    struct model model;
    const char *text, *path = fs_join(arena, "data/models", name);
    size_t n;
    assert_true(fs_read(arena, path, 1 << 20, diags, &text, &n));
    if (!read_model(arena, path, text, n, diags, &model))
        fail_msg("%s: %s", path, diags_get(diags, 0)->text);
    diags_free(diags);
    return model;
}

/* Every exact published count is met to the last parameter, once what it counts besides is taken
   off; every rounded one to what its digits say, or 6 %. */
static void meets_published_counts(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const char **names;
    size_t count, exact = 0, models = 0, wrong = 0;
    assert_true(fs_list(arena, "data/models", false, diags, &names, &count));
    assert_true(count >= 110);
    for (size_t i = 0; i < count; i++) {
        struct model m = shipped(arena, names[i]);
        struct parameters n = parameters_count(&m);
        bool any = false;
        assert_memory_equal(m.id, names[i], strlen(m.id));
        assert_string_equal(names[i] + strlen(m.id), ".json");
        for (size_t k = 0; k < m.published_count; k++) {
            const struct published_count *p = &m.published[k];
            if (!p->exact)
                continue;
            any = true;
            exact++;
            if (p->difference != 0)
                assert_non_null(p->counts);
            if ((int64_t)p->total == (int64_t)n.total + p->difference)
                continue;
            wrong++;
            print_error("%s: %.0f published, %.0f counted\n", m.id, p->total,
                        (double)n.total + (double)p->difference);
        }
        models += any;
    }
    assert_int_equal(wrong, 0);
    assert_true(exact >= 40 && models >= 35);
    diags_free(diags);
    arena_free(arena);
}

static void rounded_counts_agree(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const char **names;
    size_t count, wrong = 0;
    assert_true(fs_list(arena, "data/models", false, diags, &names, &count));
    for (size_t i = 0; i < count; i++) {
        struct model m = shipped(arena, names[i]);
        struct parameters n = parameters_count(&m);
        double whole = (double)(n.total + n.mtp + n.vision);
        for (size_t k = 0; k < m.published_count; k++) {
            double total = m.published[k].total;
            bool near =
                fabs(total - (double)n.total) < 0.06 * total || fabs(total - whole) < 0.06 * total;
            if (isnan(total) || near || m.published[k].counts)
                continue;
            wrong++;
            print_error("%s: %.4g published, %.4g counted\n", m.id, total, (double)n.total);
        }
    }
    assert_int_equal(wrong, 0);
    diags_free(diags);
    arena_free(arena);
}

static void answers_every_sample(void **state) {
    (void)state;
    if (!fs_is_dir(SAMPLES, NULL)) {
        print_message("skipped: no ../shared\n");
        skip();
    }
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const char **names;
    size_t count, counted = 0;
    assert_true(fs_list(arena, SAMPLES, false, diags, &names, &count));
    for (size_t i = 0; i < count; i++) {
        const char *text, *path = fs_join(arena, SAMPLES, names[i]);
        struct model m;
        char code[40];
        size_t n;
        assert_true(fs_read(arena, path, JSON_MAX_BYTES, diags, &text, &n));
        if (!read_text(arena, path, text, n, &m, code, sizeof code)) {
            bool expected = strcmp(code, "not-a-model-config") == 0 ||
                            strcmp(code, "config-no-model-type") == 0;
            if (!expected)
                fail_msg("%s: %s", names[i], code);
            continue;
        }
        counted++;
        struct parameters p = parameters_count(&m);
        assert_true(p.total > 100000000 && p.total < 4000000000000 && p.active <= p.total);
        assert_true(memory_kv_bytes(&m, PRECISION_BF16, 4096, 1) > 0);
        assert_true(m.hf_id && strchr(m.hf_id, '/'));
    }
    assert_true(counted > 170);
    diags_free(diags);
    arena_free(arena);
}

static const struct {
    const char *text, *code;
    unsigned line, column;
} bad[] = {
    {"[]", "not-a-model-config", 1, 1},
    {"{}", "config-no-model-type", 1, 1},
    {"{\"model_type\": \"hal9000\"}", "unknown-architecture", 1, 16},
    {"{\"model_type\": \"llama\"}", "config-missing-key", 1, 1},
    {"{\"model_type\":\"llama\",\n \"hidden_size\": 0}", "config-range", 2, 17},
    {"{\"model_type\":\"llama\",\n \"hidden_size\": -4096}", "config-range", 2, 17},
    {"{\"model_type\":\"llama\",\n \"hidden_size\": \"4096\"}", "config-type", 2, 17},
    {"{\"model_type\":\"llama\",\n \"hidden_size\": 4096.5}", "config-type", 2, 17},
    {"{\"model_type\":\"llama\",\n \"hidden_size\": 1e300}", "config-range", 2, 17},
    {"{\"model_type\":\"llama\",\n \"hidden_size\": Infinity}", "config-range", 2, 17},
    {"{\"quantization\": {\"quant_algo\": \"FP8\"}}", "not-a-model-config", 1, 1},
    {"{\"metadata\":{\"total_size\":10},\"weight_map\":{\"a.weight\":\"x\"}}", "index-no-count", 1,
     13},
    {"{\"metadata\":{\"total_size\":10},\"weight_map\":{\"a.weight_scale_inv\":\"x\"}}",
     "index-quantised", 1, 13},
    {"{\"id\":\"x\",\"config\":{}}", "missing-key", 1, 1},
};

/* A sound config with one key replaced. */
static const struct {
    const char *key, *value, *code;
} broken[] = {
    {"num_attention_heads", "0", "config-range"},
    {"num_attention_heads", "31", "config-heads"},
    {"num_attention_heads", "-1", "config-range"},
    {"num_attention_heads", "true", "config-type"},
    {"num_key_value_heads", "0", "config-range"},
    {"num_key_value_heads", "3", "config-heads"},
    {"num_hidden_layers", "0", "config-range"},
    {"num_hidden_layers", "1e9", "config-range"},
    {"num_hidden_layers", "[1]", "config-type"},
    {"vocab_size", "\"big\"", "config-type"},
    {"vocab_size", "4000000000", "config-range"},
    {"intermediate_size", "0", "config-range"},
    {"layer_types", "[\"full_attention\"]", "config-layers"},
    {"layer_types", "\"full_attention\"", "config-type"},
    {"tie_word_embeddings", "1", "config-type"},
    {"head_dim", "4000000000", "config-range"},
    {"attention_bias", "\"yes\"", "config-type"},
};

static void refuses_bad_configs(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct model m;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct diags *diags = diags_new();
        assert_false(read_model(arena, "bad.json", bad[i].text, strlen(bad[i].text), diags, &m));
        const struct diag *d = diags_get(diags, 0);
        if (strcmp(d->code, bad[i].code) || d->place.line != bad[i].line ||
            d->place.column != bad[i].column)
            fail_msg("%s: [%s] at %u:%u", bad[i].text, d->code, d->place.line, d->place.column);
        assert_string_equal(d->place.file, "bad.json");
        diags_free(diags);
    }
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        static const char *const keys[] = {"hidden_size",         "num_hidden_layers",
                                           "num_attention_heads", "num_key_value_heads",
                                           "intermediate_size",   "vocab_size"};
        static const char *const values[] = {"4096", "32", "32", "8", "14336", "128256"};
        char *text = arena_strdup(arena, "{\"model_type\": \"llama\"");
        for (size_t k = 0; k < 6; k++)
            if (strcmp(keys[k], broken[i].key))
                text = arena_printf(arena, "%s, \"%s\": %s", text, keys[k], values[k]);
        text = arena_printf(arena, "%s, \"%s\": %s}", text, broken[i].key, broken[i].value);
        char code[40];
        assert_false(read_text(arena, "bad.json", text, strlen(text), &m, code, sizeof code));
        if (strcmp(code, broken[i].code))
            fail_msg("%s = %s: %s", broken[i].key, broken[i].value, code);
    }
    arena_free(arena);
}

static uint64_t next_random(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    return *seed ^= *seed << 17;
}

/* Replaces one value, key byte or number at random: whatever comes, it is an answer or a refusal.
 */
static void mutate(char *text, size_t n, uint64_t *seed) {
    static const char *const pieces[] = {"0",    "-1",   "\"x\"", "null", "[]",  "{}",
                                         "1e99", "true", "9",     "3.5",  "512", "16777216"};
    for (uint64_t changes = 1 + next_random(seed) % 3; changes; changes--) {
        size_t from = next_random(seed) % n;
        char *colon = memchr(text + from, ':', n - from);
        if (next_random(seed) % 4 == 0 || !colon) {
            text[next_random(seed) % n] = (char)(next_random(seed) % 96 + 32);
            continue;
        }
        const char *piece = pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)];
        char *at = colon + 1;
        while (at < text + n && *at == ' ')
            at++;
        size_t room = 0, length = strlen(piece);
        while (at + room < text + n && !strchr(",}\n", at[room]))
            room++;
        if (length > room)
            continue;
        memcpy(at, piece, length);
        memset(at + length, ' ', room - length);
    }
}

static void survives_mutations(void **state) {
    (void)state;
    struct arena *keep = arena_new(), *arena = arena_new();
    struct diags *diags = diags_new();
    const char **names;
    size_t count, read = 0;
    uint64_t seed = 88172645463325252u;
    assert_true(fs_list(keep, "data/models", false, diags, &names, &count));
    for (size_t i = 0; i < count; i++) {
        const char *text;
        size_t n;
        assert_true(
            fs_read(keep, fs_join(keep, "data/models", names[i]), 1 << 20, diags, &text, &n));
        for (int round = 0; round < 40; round++) {
            struct model m;
            char code[40], *copy = arena_copy(arena, text, n);
            mutate(copy, n, &seed);
            if (read_text(arena, names[i], copy, n, &m, code, sizeof code)) {
                struct parameters p = parameters_count(&m);
                assert_true(p.active <= p.total && p.total < 100000000000000000);
                assert_true(isfinite(memory_kv_bytes(&m, PRECISION_FP8, 1e6, 8)));
                assert_true(isfinite(memory_weights_bytes_per_gpu(&m, PRECISION_NVFP4, 4, 2)));
                read++;
            }
            arena_reset(arena);
        }
    }
    assert_true(read > 1000);
    diags_free(diags);
    arena_free(arena);
    arena_free(keep);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(meets_published_counts), cmocka_unit_test(rounded_counts_agree),
        cmocka_unit_test(answers_every_sample),   cmocka_unit_test(refuses_bad_configs),
        cmocka_unit_test(survives_mutations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
