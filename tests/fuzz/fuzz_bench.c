/* Benchmark files of every format, as a user brings them (with what they leave unsaid stated, and
   not), and as rows of the project. A row that is taken has a figure. */
#include "shipped.h"

#include "read/bench.h"

#include <math.h>
#include <sys/mman.h>
#include <unistd.h>

static void check(const struct benchmark_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        const struct benchmark *b = &list->items[i];
        PROMISE(b->unusable || (isfinite(b->value) && b->value > 0), "row %zu measures %g", i,
                b->value);
        PROMISE(b->place.file, "row %zu has no place", i);
    }
}

static void bring(struct fuzz *fuzz, const struct bench_defaults *defaults) {
    struct benchmark_list list = {0};
    struct shipped *s = shipped();
    int fd = memfd_create("bench", 0);
    PROMISE(fd >= 0 && write(fd, fuzz->in.text, fuzz->in.n) == (ssize_t)fuzz->in.n, "no file");
    const char *path = arena_printf(fuzz->in.arena, "/proc/self/fd/%d", fd);
    bench_read(fuzz->in.arena, s->source, &s->catalog, path, defaults, fuzz->in.diags, &list);
    check(&list);
    close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin(bytes, n, "data/benchmarks/x.jsonl");
    struct benchmark_list list = {0};
    struct bench_defaults defaults = bench_defaults_none();
    bring(&fuzz, &defaults);
    defaults.model = "llama-3.3-70b";
    defaults.gpu = "h100-sxm";
    defaults.engine = "vllm";
    defaults.gpu_count = 4;
    defaults.batch = 8;
    defaults.input_tokens = 512;
    defaults.output_tokens = 128;
    bring(&fuzz, &defaults);
    read_benchmarks(&fuzz.in, &list);
    check(&list);
    fuzz_end(&fuzz);
    return 0;
}
