/* Truncated and mutated inputs: every reader says what is wrong or reads what is left, and never
   crashes. Mutations are drawn from a fixed seed; MUTATION_SECONDS (default 2) limits the time, so
   that a sanitizer run can be given minutes. */
#include "base/fs.h"
#include "read/join.h"
#include "read/offers_current.h"
#include "read/parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { MAX_BYTES = 6000, MAX_SAMPLES = 600 };

struct sample {
    const char *path, *text;
    size_t n;
};

struct samples {
    struct arena *arena;
    struct sample items[MAX_SAMPLES];
    size_t count;
};

static uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void take_file(struct samples *s, struct diags *diags, const char *path) {
    const char *text;
    size_t n;
    if (s->count < MAX_SAMPLES && fs_is_file(path, NULL) &&
        fs_read(s->arena, path, 1 << 26, diags, &text, &n)) {
        s->items[s->count++] = (struct sample){path, text, n < MAX_BYTES ? n : MAX_BYTES};
    }
}

static void take_directory(struct samples *s, struct diags *diags, const char *directory) {
    const char **names;
    size_t count;
    if (!fs_list(s->arena, directory, true, diags, &names, &count)) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        take_file(s, diags, fs_join(s->arena, directory, names[i]));
    }
}

static struct samples *all_samples(struct arena *arena, struct diags *diags) {
    static const char *const directories[] = {"data",
                                              "data/prices",
                                              "data/api-prices",
                                              "data/aliases",
                                              "data/benchmarks",
                                              "tests/bad",
                                              "../shared/samples/formats",
                                              "../shared/samples/prices",
                                              "../shared/samples/prices/adriannutiu_snapshots",
                                              "../shared/samples/api",
                                              "../shared/samples/api/llm-prices",
                                              "data/models"};
    struct samples *s = ARENA_NEW(arena, struct samples);
    s->arena = arena;
    for (size_t i = 0; i < sizeof directories / sizeof *directories; i++) {
        take_directory(s, diags, directories[i]);
    }
    return s;
}

/* A byte changed, cut out, doubled, or the text cut; some bytes are those that parsers dread. */
static size_t mutate(char *text, size_t n, uint64_t *random) {
    static const char dread[] = "{}[]\",:\\0-+.eE|'\n\r\t\xFF\xC3\xED u$NI";
    unsigned edits = 1 + (unsigned)(next_random(random) % 4);
    for (unsigned i = 0; i < edits && n > 1; i++) {
        size_t at = next_random(random) % n, length = 1 + next_random(random) % 24;
        length = at + length > n ? n - at : length;
        switch (next_random(random) % 5) {
        case 0:
            text[at] = (char)next_random(random);
            break;
        case 1:
            text[at] = dread[next_random(random) % (sizeof dread - 1)];
            break;
        case 2:
            memmove(text + at, text + at + length, n - at - length);
            n -= length;
            break;
        case 3:
            memmove(text + at, text + next_random(random) % (n - length + 1), length);
            break;
        default:
            n = next_random(random) % 8 ? n : at;
        }
    }
    return n;
}

static void read_everything(struct arena *arena, const struct input *in,
                            const struct catalog *catalog) {
    struct offer_list offers = {0};
    struct api_price_list prices = {0};
    struct benchmark_list benchmarks = {0};
    struct catalog own = {0};
    struct site site;
    struct model model = {0};
    struct join *join = join_new(arena, catalog, in->diags);
    read_offers(in, &offers);
    for (size_t i = 0; i < offers.count; i++) {
        join_offer(join, &offers.items[i]);
    }
    offers_mark_current(offers.items, offers.count);
    read_api_prices(in, &prices);
    for (size_t i = 0; i < prices.count; i++) {
        join_api_price(join, &prices.items[i]);
    }
    api_prices_mark_current(prices.items, prices.count);
    read_benchmarks(in, &benchmarks);
    read_gpus(in, &own);
    read_site(in, &site);
    read_power(in, &own);
    join_read_gpu_aliases(join, in);
    join_read_model_aliases(join, in);
    read_model(arena, in->path, in->text, in->n, in->diags, &model);
}

/* The text in a block of its own size, so that a sanitizer sees a read behind its end. */
static void try_text(struct arena *arena, const struct sample *sample, const char *text, size_t n,
                     const struct catalog *catalog) {
    struct diags *diags = diags_new();
    char *copy = malloc(n + 1);
    memcpy(copy, text, n);
    copy[n] = '\0';
    struct input in = {arena, diags, sample->path, sample->path, copy, n};
    read_everything(arena, &in, catalog);
    arena_reset(arena);
    diags_free(diags);
    free(copy);
}

/* Of the processor: what else the machine does must not fail the test. */
static double seconds(void) {
    return (double)clock() / CLOCKS_PER_SEC;
}

static void test_mutations(void **state) {
    (void)state;
    const char *limit = getenv("MUTATION_SECONDS");
    double end = seconds() + (limit ? atof(limit) : 2);
    struct arena *arena = arena_new(), *scratch = arena_new();
    struct diags *diags = diags_new();
    struct catalog catalog = {0};
    struct samples *samples = all_samples(arena, diags);
    struct input in = {arena, diags, "data/gpus.json", "data/gpus.json", NULL, 0};
    assert_true(fs_read(arena, "data/gpus.json", 1 << 24, diags, &in.text, &in.n));
    assert_true(read_gpus(&in, &catalog));
    uint64_t random = 0x9E3779B97F4A7C15u, tried = 0;
    char text[MAX_BYTES + 1];
    do {
        for (size_t i = 0; i < samples->count && seconds() < end; i++, tried++) {
            memcpy(text, samples->items[i].text, samples->items[i].n);
            size_t n = mutate(text, samples->items[i].n, &random);
            try_text(scratch, &samples->items[i], text, n, &catalog);
        }
    } while (seconds() < end);
    print_message("%zu samples, %llu mutations\n", samples->count, (unsigned long long)tried);
    assert_true(tried > 50);
    diags_free(diags);
    arena_free(scratch);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_mutations)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
