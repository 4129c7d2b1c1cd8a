/* The list of pages of a site, and what they share. */
#include "page/plan.h"

#include "base/pool.h"
#include "chart/ticks_kept.h"
#include "page/key.h"
#include "page/words.h"

#include <string.h>

const char *href_model(struct arena *arena, const struct model *model) {
    return WORDS_JOIN(arena, "models/", model->id, "/");
}
const char *href_model_page(struct arena *arena, const struct model *model, const char *page) {
    return WORDS_JOIN(arena, "models/", model->id, "/", page);
}
const char *href_gpu(struct arena *arena, const struct gpu *gpu) {
    return WORDS_JOIN(arena, "gpus/", gpu->id, "/");
}
const char *href_platform(struct arena *arena, const char *platform_id) {
    return WORDS_JOIN(arena, "platforms/", platform_id, "/");
}
const char *href_combination(struct arena *arena, const struct model *model,
                             const struct gpu *gpu) {
    return WORDS_JOIN(arena, "models/", model->id, "/", gpu->id, ".html");
}

typedef struct page *page_function(const struct page_plan *plan, const struct page_entry *entry,
                                   struct arena *arena);

struct single { /* a page that stands once on the site */
    enum page_kind kind;
    const char *path;
};
static const struct single singles[] = {
    {PAGE_INDEX, "index.html"},
    {PAGE_RECOMMEND, "recommend/index.html"},
    {PAGE_TRAINING, "training/index.html"},
    {PAGE_CALCULATOR, "calculator/index.html"},
    {PAGE_ENERGY, "energy/index.html"},
    {PAGE_ACCURACY, "accuracy/index.html"},
    {PAGE_CHANGES, "changes/index.html"},
    {PAGE_METHOD, "method/index.html"},
    {PAGE_GLOSSARY, "glossary/index.html"},
    {PAGE_DATA, "data/index.html"},
};

static page_function *const makers[] = {
    [PAGE_INDEX] = page_index,
    [PAGE_MODEL] = page_model,
    [PAGE_GPU] = page_gpu,
    [PAGE_PLATFORM] = page_platform,
    [PAGE_MODEL_PRICE] = page_model_price,
    [PAGE_MODEL_TRAINING] = page_model_training,
    [PAGE_METHOD] = page_method,
    [PAGE_RECOMMEND] = page_recommend,
    [PAGE_TRAINING] = page_training,
    [PAGE_CALCULATOR] = page_calculator,
    [PAGE_ENERGY] = page_energy,
    [PAGE_ACCURACY] = page_accuracy,
    [PAGE_ACCURACY_ROWS] = page_accuracy_rows,
    [PAGE_CHANGES] = page_changes,
    [PAGE_GLOSSARY] = page_glossary,
    [PAGE_DATA] = page_data,
};

/* Title and description alone, of pages that need not be made (key.h). */
static page_function *const outlines[] = {
    [PAGE_COMBINATION] = pair_outline,
    [PAGE_MODEL_PRICE] = model_price_outline,
    [PAGE_MODEL_TRAINING] = model_training_outline,
    [PAGE_GPU] = gpu_outline,
    [PAGE_ACCURACY] = accuracy_outline,
    [PAGE_ACCURACY_ROWS] = accuracy_rows_outline,
};

struct page_maker {
    struct arena *arena;
    struct pair_kept *pair; /* NULL until a pair is made */
    struct ticks_kept *ticks;
};

bool plan_has_prices(const struct page_plan *plan, uint32_t model) {
    return !plan->bests || plan_best(plan, model, 0)->gpu != UINT32_MAX;
}

void plan_list_pages(struct arena *arena, struct page_plan *plan) {
    const struct catalog *catalog = plan->catalog;
    size_t models = catalog->model_count, gpus = catalog->gpu_count;
    size_t one_each = sizeof singles / sizeof *singles, parts = accuracy_parts(plan);
    struct page_entry *out = plan->entries = ARENA_ARRAY(
        arena, one_each + parts + 3 * models + gpus + plan->platform_count + models * gpus,
        struct page_entry);
    for (size_t i = 0; i < one_each; i++)
        *out++ = (struct page_entry){.kind = singles[i].kind, .path = singles[i].path};
    for (uint32_t i = 0; i < parts; i++)
        *out++ = (struct page_entry){.kind = PAGE_ACCURACY_ROWS,
                                     .platform = i,
                                     .path = arena_printf(arena, "accuracy/%u/index.html", i + 1)};
    for (uint32_t m = 0; m < models; m++) {
        const char *id = catalog->models[m].id;
        *out++ = (struct page_entry){.kind = PAGE_MODEL,
                                     .model = m,
                                     .path = arena_printf(arena, "models/%s/index.html", id)};
        if (plan_has_prices(plan, m))
            *out++ =
                (struct page_entry){.kind = PAGE_MODEL_PRICE,
                                    .model = m,
                                    .path = arena_printf(arena, "models/%s/price/index.html", id)};
        *out++ =
            (struct page_entry){.kind = PAGE_MODEL_TRAINING,
                                .model = m,
                                .path = arena_printf(arena, "models/%s/training/index.html", id)};
        for (uint32_t g = 0; g < gpus; g++)
            *out++ = (struct page_entry){
                .kind = PAGE_COMBINATION,
                .model = m,
                .gpu = g,
                .path = WORDS_JOIN(arena, "models/", id, "/", catalog->gpus[g].id, ".html")};
    }
    for (uint32_t g = 0; g < gpus; g++)
        *out++ = (struct page_entry){
            .kind = PAGE_GPU,
            .gpu = g,
            .path = arena_printf(arena, "gpus/%s/index.html", catalog->gpus[g].id)};
    for (uint32_t p = 0; p < plan->platform_count; p++)
        *out++ = (struct page_entry){
            .kind = PAGE_PLATFORM,
            .platform = p,
            .path = arena_printf(arena, "platforms/%s/index.html", plan->platforms[p].id)};
    plan->count = (size_t)(out - plan->entries);
}

/* Parts of a plan that do not look at each other are made side by side, each in an arena of its
   own, which the plan takes over. */
typedef void plan_part(struct arena *arena, struct page_plan *plan);
enum { PARTS_MAX = 3 };
struct parts {
    struct page_plan *plan;
    plan_part *const *make;
    struct arena *arenas[PARTS_MAX];
};

static void make_part(void *context, size_t index, unsigned worker) {
    struct parts *parts = context;
    (void)worker;
    parts->make[index](parts->arenas[index], parts->plan);
}

static void make_parts(struct arena *arena, struct page_plan *plan, plan_part *const *make,
                       size_t count, unsigned jobs) {
    struct parts parts = {.plan = plan, .make = make};
    for (size_t i = 0; i < count; i++)
        parts.arenas[i] = arena_new();
    pool_run(jobs, count, make_part, &parts);
    for (size_t i = 0; i < count; i++)
        arena_adopt(arena, parts.arenas[i]);
}

struct page_plan *page_plan_new(struct arena *arena, const struct catalog *catalog,
                                const struct calibration_set *calibrations, unsigned jobs) {
    static plan_part *const first[] = {market_build, measured_build};
    static plan_part *const last[] = {plan_list_pages, fingerprint_build, key_build};
    struct page_plan *plan = ARENA_NEW(arena, struct page_plan);
    plan->catalog = catalog;
    plan->calibrations = calibrations;
    plan->use = words_percent(arena, catalog->site.utilisation);
    make_parts(arena, plan, first, sizeof first / sizeof *first, jobs);
    pick_build(arena, plan, jobs);
    plan->draws = economics_draws(arena);
    make_parts(arena, plan, last, sizeof last / sizeof *last, jobs);
    return plan;
}

size_t page_plan_count(const struct page_plan *plan) {
    return plan->count;
}

const char *page_plan_path(const struct page_plan *plan, size_t index) {
    return plan->entries[index].path;
}

struct page_maker *page_maker_new(struct arena *arena) {
    struct page_maker *maker = ARENA_NEW(arena, struct page_maker);
    maker->arena = arena;
    maker->ticks = ticks_kept_new(arena);
    return maker;
}

static struct page *make(struct page_maker *maker, const struct page_plan *plan,
                         const struct page_entry *entry, struct arena *arena) {
    if (entry->kind != PAGE_COMBINATION)
        return makers[entry->kind](plan, entry, arena);
    if (!maker->pair)
        maker->pair = pair_kept_new(maker->arena);
    return page_combination(maker->pair, plan, entry, arena);
}

struct page *page_make(const struct page_plan *plan, size_t index, struct arena *arena) {
    struct page_maker once = {.arena = arena};
    return page_make_with(&once, plan, index, arena);
}

struct page *page_make_with(struct page_maker *maker, const struct page_plan *plan, size_t index,
                            struct arena *arena) {
    const struct page_entry *entry = &plan->entries[index];
    struct page *page = make(maker, plan, entry, arena);
    page->path = entry->path;
    page->ticks = maker->ticks;
    if (!page->inputs_date)
        page->inputs_date = plan->catalog->site.as_of;
    if (entry->kind == PAGE_COMBINATION)
        page->fingerprint = fingerprint_of(plan, entry); /* known before the page is made */
    else
        page_hash(page, arena);
    return page;
}

bool page_plan_outlined(const struct page_plan *plan, size_t index) {
    return outlines[plan->entries[index].kind] != NULL;
}

struct page *page_outline(const struct page_plan *plan, size_t index, struct arena *arena) {
    const struct page_entry *entry = &plan->entries[index];
    page_function *outline = outlines[entry->kind];
    struct page *page = outline ? outline(plan, entry, arena) : page_make(plan, index, arena);
    page->path = entry->path;
    return page;
}
