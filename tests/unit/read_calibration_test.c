/* Shipped calibrations read without a complaint; wrong ones are refused with a code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "read/calibration.h"

static void shipped_files_are_good(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct source *source = source_open(arena, NULL, diags);
    struct calibration_set set;
    assert_true(read_calibrations(arena, source, diags, &set));
    assert_int_equal(diags_count(diags), 0);
    const char *engines[] = {"vllm", "TensorRT-LLM", "sglang", "llama.cpp"};
    for (size_t i = 0; i < 4; i++) {
        const struct calibration *c = calibration_set_find(&set, engines[i]);
        assert_non_null(c);
        assert_null(c->until);
        assert_true(c->rows > 100);
    }
    const struct calibration *now = calibration_set_find(&set, "vllm");
    const struct calibration *old = calibration_set_find_dated(&set, "vLLM", "2024-07");
    assert_ptr_not_equal(now, old);
    assert_ptr_equal(now, calibration_set_find_dated(&set, "vllm", "2026-01-02"));
    assert_null(calibration_set_find(&set, "other"));
    diags_free(diags);
    arena_free(arena);
}

/* A generation nobody measured takes the factors of its kin, and says that no row saw it. */
static void kin_stand_in(void **state) {
    (void)state;
    struct calibration c = {
        .family = {{"Hopper", 1, 1, 9}, {"CDNA3", .8, .7, 5}, {"Ada GeForce", 2, 1.1, 4}},
        .family_count = 3};
    struct gpu mi355x = {.architecture = "CDNA4", .name = "AMD Instinct MI355X"};
    struct gpu rtx5090 = {.architecture = "Blackwell", .name = "NVIDIA GeForce RTX 5090"};
    struct gpu b200 = {.architecture = "Blackwell", .name = "NVIDIA B200"};
    assert_true(calibration_family_of(&c, &mi355x).compute < 0.81);
    assert_int_equal(calibration_family_of(&c, &mi355x).rows, 0);
    assert_true(calibration_family_of(&c, &rtx5090).compute > 1.9);
    assert_true(calibration_family_of(&c, &b200).compute == 1);
}

static void refuse(const char *text, const char *code) {
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct calibration_set set;
    assert_false(read_calibration(arena, "x.json", text, strlen(text), diags, &set));
    bool found = false;
    for (size_t i = 0; i < diags_count(diags); i++)
        found = found || strcmp(diags_get(diags, i)->code, code) == 0;
    assert_true(found);
    diags_free(diags);
    arena_free(arena);
}

static void wrong_files_are_refused(void **state) {
    (void)state;
    refuse("[]", "wrong-type");
    refuse("{\"engine\": \"x\", \"name\": \"X\"}", "missing-key");
    const char *head = "{\"engine\": \"x\", \"name\": \"X\", \"generations\": [{\"version\": \"1\","
                       "\"rows\": 1, \"families\": [], \"sources\": [], \"range\": {}, \"error\": "
                       "{}, \"parameters\": {";
    struct buf text = BUF_INIT;
    buf_printf(&text, "%s\"wished_s\": {\"value\": 1, \"unit\": \"s\"}}}]}", head);
    refuse(buf_text(&text), "unknown-key");
    buf_reset(&text);
    buf_printf(&text, "%s\"step_s\": {\"value\": 0.001, \"unit\": \"ms\"}}}]}", head);
    refuse(buf_text(&text), "wrong-unit");
    buf_reset(&text);
    buf_printf(&text, "%s\"step_s\": {\"value\": 3, \"unit\": \"s\"}}}]}", head);
    refuse(buf_text(&text), "out-of-range");
    refuse("{\"engine\": \"../../x\", \"name\": \"X\", \"generations\": []}", "schema-id");
    buf_reset(&text);
    buf_puts(&text, "{\"engine\": \"x\", \"name\": \"X\", \"generations\": [{\"families\": [{}");
    for (int i = 0; i < CALIBRATION_FAMILIES; i++)
        buf_puts(&text, ", {}");
    buf_puts(&text, "]}]}");
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct calibration_set set;
    assert_false(read_calibration(arena, "x.json", buf_text(&text), text.len, diags, &set));
    size_t many = 0;
    for (size_t i = 0; i < diags_count(diags); i++)
        many += strstr(diags_get(diags, i)->text, "more than there is room for") != NULL;
    assert_int_equal(many, 1);
    diags_free(diags);
    arena_free(arena);
    buf_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(shipped_files_are_good),
                                       cmocka_unit_test(kin_stand_in),
                                       cmocka_unit_test(wrong_files_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
