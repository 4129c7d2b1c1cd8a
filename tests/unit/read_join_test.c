/* Joining offers to a catalog's GPUs: why one is not joined. */
#include "golden.h"

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

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(says_why_an_offer_is_not_joined)};
    return cmocka_run_group_tests_name("read/join", tests, NULL, NULL);
}
