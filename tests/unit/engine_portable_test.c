/* A question written as a row and read back gives the same answer, for every shipped model and
   engine; a row that is cut or holds nonsense is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "engine/portable.h"
#include "read/calibration.h"
#include "read/read.h"

enum { SLOTS = 8192, WORD_BYTES = 4096 };

/* The row as a page would hold it. */
struct row {
    double slots[SLOTS];
    char words[WORD_BYTES];
    size_t count, word_bytes;
};

struct world {
    struct arena *arena;
    struct diags *diags;
    struct catalog catalog;
    struct calibration_set set;
    struct row row;
    struct portable_question question, read;
};

static int set_up(void **state) {
    static struct world world;
    world.arena = arena_new();
    world.diags = diags_new();
    struct source *source = source_open(world.arena, NULL, world.diags);
    *state = &world;
    return !read_calibrations(world.arena, source, world.diags, &world.set) ||
           !read_catalog(world.arena, source, NULL, world.diags, &world.catalog);
}

static int tear_down(void **state) {
    struct world *world = *state;
    diags_free(world->diags);
    arena_free(world->arena);
    return 0;
}

static void put_number(void *context, double number) {
    struct row *row = context;
    assert_true(row->count < SLOTS);
    row->slots[row->count++] = number;
}

static void put_text(void *context, const char *text) {
    struct row *row = context;
    size_t n = strlen(text) + 1;
    assert_true(row->word_bytes + n <= WORD_BYTES);
    put_number(row, (double)row->word_bytes);
    memcpy(row->words + row->word_bytes, text, n);
    row->word_bytes += n;
}

static void ask(struct world *world, size_t model, size_t gpu,
                const struct calibration *calibration) {
    struct portable_question *q = &world->question;
    memset(q, 0, sizeof *q);
    memset(&world->row, 0, sizeof world->row);
    q->scenario = scenario_default(&world->catalog.models[model], &world->catalog.gpus[gpu]);
    q->scenario.calibration = calibration;
    q->scenario.weights = world->catalog.models[model].native_precision;
    q->scenario.gpu_count = model % 3 ? 8 : 1;
    q->scenario.serving = SERVING_CONTINUOUS;
    q->scenario.input_tokens = 2035;
    q->scenario.output_tokens = 300;
    q->scenario.batch = model % 2 ? 0 : 16;
    q->usd_per_hour = 12.34;
    q->gamma = 0.3;
    q->utilisation = 0.5;
    q->model = world->catalog.models[model];
    q->gpu = world->catalog.gpus[gpu];
    struct portable writer = {
        .put_number = put_number, .put_text = put_text, .context = &world->row};
    portable_scenario(&writer, q);
    portable_model(&writer, q);
    portable_gpu(&writer, &q->gpu);
    if (calibration) {
        q->calibration = *calibration;
        portable_calibration(&writer, &q->calibration);
    }
    assert_false(writer.failed);
}

static bool read_back(struct world *world, size_t count) {
    struct portable reader = {.slots = world->row.slots,
                              .words = world->row.words,
                              .count = count,
                              .word_bytes = world->row.word_bytes};
    memset(&world->read, 0, sizeof world->read);
    return portable_read(&reader, &world->read);
}

static void every_model_and_engine(void **state) {
    struct world *world = *state;
    size_t feasible = 0, asked = 0;
    for (size_t m = 0; m < world->catalog.model_count; m++)
        for (size_t e = 0; e <= world->set.count; e++, asked++) {
            size_t gpu = (m * 7 + e * 3) % world->catalog.gpu_count;
            ask(world, m, gpu, e ? &world->set.items[e - 1] : NULL);
            assert_true(read_back(world, world->row.count));
            struct portable_question own = world->question;
            own.scenario.model = &world->catalog.models[m];
            own.scenario.gpu = &world->catalog.gpus[gpu];
            own.scenario.calibration = e ? &world->set.items[e - 1] : NULL;
            double expected[PORTABLE_ANSWERS], answers[PORTABLE_ANSWERS];
            portable_answer(&own, expected);
            portable_answer(&world->read, answers);
            for (int i = 0; i < PORTABLE_ANSWERS; i++)
                if (answers[i] != expected[i] && !(isnan(answers[i]) && isnan(expected[i])))
                    fail_msg("%s: answer %d is %g, not %g", own.scenario.model->id, i, answers[i],
                             expected[i]);
            feasible += answers[ANSWER_FEASIBLE] == 1;
        }
    print_message("%zu questions, %zu feasible\n", asked, feasible);
    assert_true(feasible > asked / 4);
}

static void broken_rows_are_refused(void **state) {
    struct world *world = *state;
    ask(world, 0, 0, NULL);
    for (size_t count = 0; count < world->row.count; count++)
        assert_false(read_back(world, count));
    assert_true(read_back(world, world->row.count));
    static const double nonsense[] = {-5, 0.5, 1e300, NAN, INFINITY};
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++)
        for (size_t slot = 0; slot < world->row.count; slot++) {
            double kept = world->row.slots[slot];
            world->row.slots[slot] = nonsense[i];
            read_back(world, world->row.count); /* whatever it says, it stays inside its memory */
            world->row.slots[slot] = kept;
        }
    world->row.slots[1] = 0; /* no GPU */
    assert_false(read_back(world, world->row.count));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_model_and_engine),
        cmocka_unit_test(broken_rows_are_refused),
    };
    return cmocka_run_group_tests_name("engine_portable", tests, set_up, tear_down);
}
