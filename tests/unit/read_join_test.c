/* Joining offers to a catalog's GPUs: why one is not joined. */
#include "golden.h"

#include "base/buf.h"
#include "cpu_time.h"
#include "read/join.h"

static const char *note_of(struct arena *arena, const struct catalog *catalog, const char *name) {
    struct diags *diags = diags_new();
    struct offer offer = {.platform = "P", .gpu_as_stated = name, .gpu_memory_gb = NAN};
    join_offer(join_new(arena, catalog, diags), &offer);
    diags_free(diags);
    assert_true((offer.gpu == NULL) == (offer.join_note != NULL));
    return offer.join_note;
}

static void says_why_an_offer_is_not_joined(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct gpu gpus[] = {{.id = "l4", .name = "NVIDIA L4"},
                         {.id = "mine", .name = "My own", .short_name = "L4"}};
    const struct catalog catalog = {.gpus = gpus, .gpu_count = 2};
    assert_null(note_of(arena, &catalog, "My own"));
    assert_null(note_of(arena, &catalog, "nvidia\xC2\xA0my\xC2\xA0own\xC2\xA0"));
    assert_non_null(note_of(arena, &catalog, "my\xC2own"));
    assert_string_equal(note_of(arena, &catalog, "L9"), "no GPU of the catalog has this name");
    assert_string_equal(note_of(arena, &catalog, "L4"),
                        "several GPUs of the catalog have this name");
    arena_free(arena);
}

static const struct gpu *joined(struct join *join, const char *platform, double memory_gb) {
    struct offer offer = {.platform = platform, .gpu_as_stated = "X", .gpu_memory_gb = memory_gb};
    join_offer(join, &offer);
    return offer.gpu;
}

/* Platform before memory before none; of equals the first row; however many rows a name has. */
static void the_narrowest_alias_decides(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    struct gpu gpus[] = {{.id = "a", .name = "A", .memory_bytes = 80e9},
                         {.id = "b", .name = "B", .memory_bytes = 80e9},
                         {.id = "c", .name = "C", .memory_bytes = 80e9}};
    const struct catalog catalog = {.gpus = gpus, .gpu_count = 3};
    struct buf table = BUF_INIT;
    buf_puts(&table, "name,memory_gb,platform,gpu,why\n"
                     "X,81,,b,first\nX,80,,c,second\nX,,P,a,platform\nX,,,,none\n");
    for (int i = 0; i < 40000; i++)
        buf_printf(&table, "X,,Q%d,c,one of many\n", i);
    struct input in = {.arena = arena,
                       .diags = diags,
                       .display = "aliases.csv",
                       .text = buf_text(&table),
                       .n = table.len};
    double start = cpu_seconds();
    struct join *join = join_new(arena, &catalog, diags);
    join_read_gpu_aliases(join, &in);
    assert_int_equal(diags_count(diags), 0);
    assert_ptr_equal(joined(join, "other", 80), &gpus[1]);
    assert_ptr_equal(joined(join, "P", 80), &gpus[0]);
    assert_ptr_equal(joined(join, "Q39999", NAN), &gpus[2]);
    assert_null(joined(join, "other", NAN));
    for (int i = 0; i < 10000; i++)
        joined(join, "Q7", NAN);
    assert_true(cpu_seconds() - start < 2);
    buf_free(&table);
    diags_free(diags);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(says_why_an_offer_is_not_joined),
                                       cmocka_unit_test(the_narrowest_alias_decides)};
    return cmocka_run_group_tests_name("read/join", tests, NULL, NULL);
}
