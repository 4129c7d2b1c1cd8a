/* params: an index of weights that gives bytes only is answered by the config beside it. */
#include "command_run.h"
#include "own_directory.h"

static void put(struct fixture *f, const char *name, const char *text) {
    assert_true(fs_write(fs_join(f->arena, f->dir, name), text, strlen(text), f->diags));
}

/* Llama 2 7B, whose weights are 6,738,415,616 numbers of two bytes. */
static const char config[] =
    "{\"model_type\": \"llama\", \"hidden_size\": 4096, \"intermediate_size\": 11008, "
    "\"num_hidden_layers\": 32, \"num_attention_heads\": 32, \"vocab_size\": 32000, "
    "\"tie_word_embeddings\": false}";
static const char index_of[] =
    "{\"metadata\": {\"total_size\": 13476831232}, \"weight_map\": {\"a\": \"b\"}}";

static struct ran params_of(struct fixture *f, const char *name) {
    return ran_command(f->arena, arena_printf(f->arena, "params --json %s/%s", f->dir, name));
}

static void an_index_is_answered_by_its_config(void **state) {
    struct fixture *f = *state;
    put(f, "config.json", config);
    put(f, "model.safetensors.index.json", index_of);
    struct ran ran = params_of(f, "model.safetensors.index.json");
    assert_int_equal(ran.status, 0);
    assert_non_null(strstr(ran.out, "model.safetensors.index.json\", \"model_type\": \"llama\""));
    assert_non_null(strstr(ran.out, "\"total\": 6738415616,"));
    assert_string_equal(ran.err, "");
}

/* What is wrong with the config is said of the config. */
static void a_bad_config_is_named(void **state) {
    struct fixture *f = *state;
    put(f, "config.json", "{\"model_type\": ");
    put(f, "model.safetensors.index.json", index_of);
    struct ran ran = params_of(f, "model.safetensors.index.json");
    assert_int_equal(ran.status, 1);
    assert_non_null(strstr(ran.err, "/config.json:1:"));
    assert_null(strstr(ran.err, "index-no-count"));
}

static void an_index_alone_is_refused(void **state) {
    struct fixture *f = *state;
    put(f, "model.safetensors.index.json", index_of);
    struct ran ran = params_of(f, "model.safetensors.index.json");
    assert_int_equal(ran.status, 1);
    assert_non_null(strstr(ran.out, "\"error\": {\"code\": \"index-no-count\""));
    assert_int_equal(params_of(f, "nowhere.index.json").status, 3);
}

static void a_file_is_needed(void **state) {
    struct fixture *f = *state;
    assert_int_equal(ran_command(f->arena, "params --json").status, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_index_is_answered_by_its_config, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bad_config_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_index_alone_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_is_needed, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("command/params", tests, NULL, NULL);
}
