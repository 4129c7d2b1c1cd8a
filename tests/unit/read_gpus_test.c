/* A GPU as its owner copies it from a data sheet. */
#include "read/parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define SHEET(memory, half, int8, fp4)                                                             \
    "{\"sources\": {}, \"gpus\": [{\"id\": \"g\", \"name\": \"G\", \"short_name\": \"G\","         \
    " \"vendor\": \"V\", \"architecture\": \"A\", \"form_factor\": \"PCIe\","                      \
    " \"memory\": \"" memory "\", \"compute\": {\"16-bit\": \"" half "\", \"int8\": \"" int8       \
    "\", \"fp4\": \"" fp4 "\"}, \"sources\": {}}]}"

static size_t errors_of(struct arena *arena, const char *text, struct catalog *catalog) {
    struct diags *diags = diags_new();
    struct input in = {arena, diags, "gpus.json", "gpus.json", text, strlen(text)};
    read_gpus(&in, catalog);
    size_t errors = diags_errors(diags);
    diags_free(diags);
    return errors;
}

/* FLOPS is FLOP/s where nothing else can be meant. */
static void rates_may_be_spelt_as_sheets_do(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct catalog catalog = {0};
    const char *sheet = SHEET("1.5 TiB", "400 TFLOPS", "800 TOPS", "1.6 Pflops");
    assert_int_equal(errors_of(arena, sheet, &catalog), 0);
    const struct gpu *gpu = &catalog.gpus[0];
    assert_true(gpu->memory_bytes == 1.5 * 1099511627776.0);
    assert_true(gpu->flop_per_s[COMPUTE_16] == 400e12);
    assert_true(gpu->flop_per_s[COMPUTE_INT8] == 800e12);
    assert_true(gpu->flop_per_s[COMPUTE_FP4] == 1.6e15);
    arena_free(arena);
}

static void what_is_no_rate_is_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {SHEET("80 GB", "400 TFLOP", "800 TOPS", "1600 TOPS"),
                                        SHEET("80 GB", "400", "1 TOPS", "1 TOPS"),
                                        SHEET("80 Gb", "400 TFLOPS", "800 TOPS", "1600 TOPS"),
                                        SHEET("80 GB", "400 TFLOPS", "800 TOPS/s", "1600 TOPS")};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct catalog catalog = {0};
        assert_true(errors_of(arena, wrong[i], &catalog) > 0);
    }
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(rates_may_be_spelt_as_sheets_do),
                                       cmocka_unit_test(what_is_no_rate_is_refused)};
    return cmocka_run_group_tests_name("read/gpus", tests, NULL, NULL);
}
