/* A question written as a row and read back gives the same answer, for every shipped model and
   engine; a row that is cut or holds nonsense is refused. */
#include "shipped.h"

#include "engine/portable.h"

enum { SLOTS = 8192, WORD_BYTES = 4096 };

/* The row as a page would hold it. */
struct row {
    double slots[SLOTS];
    char words[WORD_BYTES];
    size_t count, word_bytes;
};

struct exchange {
    struct row row;
    struct portable_question question, read;
};

static struct exchange exchange;

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

static void ask(struct exchange *x, size_t model, size_t gpu,
                const struct calibration *calibration) {
    struct portable_question *q = &x->question;
    memset(q, 0, sizeof *q);
    memset(&x->row, 0, sizeof x->row);
    q->scenario = scenario_default(&shipped.catalog.models[model], &shipped.catalog.gpus[gpu]);
    q->scenario.calibration = calibration;
    q->scenario.weights = shipped.catalog.models[model].native_precision;
    q->scenario.gpu_count = model % 3 ? 8 : 1;
    q->scenario.serving = SERVING_CONTINUOUS;
    q->scenario.input_tokens = 2035;
    q->scenario.output_tokens = 300;
    q->scenario.batch = model % 2 ? 0 : 16;
    q->usd_per_hour = 12.34;
    q->gamma = 0.3;
    q->utilisation = 0.5;
    q->model = shipped.catalog.models[model];
    q->gpu = shipped.catalog.gpus[gpu];
    struct portable writer = {.put_number = put_number, .put_text = put_text, .context = &x->row};
    portable_scenario(&writer, q);
    portable_model(&writer, q);
    portable_gpu(&writer, &q->gpu);
    if (calibration) {
        q->calibration = *calibration;
        portable_calibration(&writer, &q->calibration);
    }
    assert_false(writer.failed);
}

static bool read_back(struct exchange *x, size_t count) {
    struct portable reader = {.slots = x->row.slots,
                              .words = x->row.words,
                              .count = count,
                              .word_bytes = x->row.word_bytes};
    memset(&x->read, 0, sizeof x->read);
    return portable_read(&reader, &x->read);
}

static void every_model_and_engine(void **state) {
    (void)state;
    struct exchange *x = &exchange;
    size_t feasible = 0, asked = 0;
    for (size_t m = 0; m < shipped.catalog.model_count; m++)
        for (size_t e = 0; e <= shipped.calibrations.count; e++, asked++) {
            size_t gpu = (m * 7 + e * 3) % shipped.catalog.gpu_count;
            ask(x, m, gpu, e ? &shipped.calibrations.items[e - 1] : NULL);
            assert_true(read_back(x, x->row.count));
            struct portable_question own = x->question;
            own.scenario.model = &shipped.catalog.models[m];
            own.scenario.gpu = &shipped.catalog.gpus[gpu];
            own.scenario.calibration = e ? &shipped.calibrations.items[e - 1] : NULL;
            double expected[PORTABLE_ANSWERS], answers[PORTABLE_ANSWERS];
            portable_answer(&own, expected);
            portable_answer(&x->read, answers);
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
    (void)state;
    struct exchange *x = &exchange;
    ask(x, 0, 0, NULL);
    for (size_t count = 0; count < x->row.count; count++)
        assert_false(read_back(x, count));
    assert_true(read_back(x, x->row.count));
    static const double nonsense[] = {-5, 0.5, 1e300, NAN, INFINITY};
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++)
        for (size_t slot = 0; slot < x->row.count; slot++) {
            double kept = x->row.slots[slot];
            x->row.slots[slot] = nonsense[i];
            read_back(x, x->row.count); /* whatever it says, it stays inside its memory */
            x->row.slots[slot] = kept;
        }
    x->row.slots[1] = 0; /* no GPU */
    assert_false(read_back(x, x->row.count));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_model_and_engine),
        cmocka_unit_test(broken_rows_are_refused),
    };
    return cmocka_run_group_tests_name("engine_portable", tests, read_shipped, drop_shipped);
}
