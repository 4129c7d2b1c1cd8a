/* The changes page: what moved in the dated price lists. */
#include "page/draft.h"

#include "base/sample.h"
#include "base/str.h"
#include "engine/history.h"
#include "page/index.h"
#include "page/phrases.h"
#include "page/plan.h"
#include "page/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_MOVES 80
#define RECENT_DAYS 120 /* both dates of a change are as recent */
#define MOVERS 9

struct move {
    const struct offer *before, *after;
    double change; /* after / before - 1 */
};

static int same_offer(const struct offer *a, const struct offer *b) {
    int by = strcmp(a->platform_id, b->platform_id);
    if (by == 0)
        by = a->gpu == b->gpu ? 0 : a->gpu < b->gpu ? -1 : 1;
    if (by == 0)
        by = (a->gpu_count > b->gpu_count) - (a->gpu_count < b->gpu_count);
    if (by == 0)
        by = str_order(a->instance, b->instance);
    return by ? by : str_order(a->region, b->region);
}

/* Two lists may mean different things by one offer (lowest ask, median): only one list, or one
   named instance, is compared with itself. */
static bool comparable(const struct offer *a, const struct offer *b) {
    size_t n = a->source ? strcspn(a->source, " @(") : 0;
    bool same_list = n > 0 && b->source && strcspn(b->source, " @(") == n &&
                     strncmp(a->source, b->source, n) == 0;
    bool same_instance = a->instance && b->instance && strcmp(a->instance, b->instance) == 0;
    return same_list || same_instance;
}

static int by_offer_and_date(const void *left, const void *right) {
    const struct offer *a = *(const struct offer *const *)left;
    const struct offer *b = *(const struct offer *const *)right;
    int by = same_offer(a, b);
    if (by == 0)
        by = strcmp(a->as_of, b->as_of);
    return by ? by : (a > b) - (a < b);
}

/* Moves come newest first: whether the offer moved again after this one. */
static bool is_past(const struct move *moves, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (same_offer(moves[i].after, moves[index].after) == 0)
            return true;
    return false;
}

static int newest_first(const void *left, const void *right) {
    const struct move *a = left, *b = right;
    int by = strcmp(b->after->as_of, a->after->as_of);
    if (by)
        return by;
    double x = fabs(log1p(a->change)), y = fabs(log1p(b->change));
    if (x != y)
        return x > y ? -1 : 1;
    return (a->after > b->after) - (a->after < b->after);
}

/* Changes of at least one percent between two dates of one offer. */
static size_t collect(struct arena *arena, const struct page_plan *plan, struct move **moves) {
    const struct catalog *catalog = plan->catalog;
    const struct offer **dated = ARENA_ARRAY(arena, catalog->offer_count + 1, const struct offer *);
    size_t n = 0, count = 0;
    for (size_t i = 0; i < catalog->offer_count; i++) {
        const struct offer *offer = &catalog->offers[i];
        if (offer->gpu && offer->as_of && !offer->duplicate && !offer->implausible &&
            offer->on_demand_usd_per_hour > 0)
            dated[n++] = offer;
    }
    qsort(dated, n, sizeof *dated, by_offer_and_date);
    *moves = ARENA_ARRAY(arena, n + 1, struct move);
    for (size_t i = 1; i < n; i++) {
        const struct offer *a = dated[i - 1], *b = dated[i];
        double change = b->on_demand_usd_per_hour / a->on_demand_usd_per_hour - 1;
        if (same_offer(a, b) == 0 && comparable(a, b) && strcmp(a->as_of, b->as_of) != 0 &&
            fabs(change) >= 0.01)
            (*moves)[count++] = (struct move){a, b, change};
    }
    qsort(*moves, count, sizeof **moves, newest_first);
    return count;
}

static bool is_recent(const struct page_plan *plan, const struct move *move) {
    int first = plan_age_days(plan, move->before->as_of);
    return plan_age_days(plan, move->after->as_of) >= 0 && first >= 0 && first <= RECENT_DAYS;
}

struct tally {
    size_t up, down;
    const struct move *rise, *fall; /* the largest that the offer's later ones did not undo */
};

static struct tally tally(const struct page_plan *plan, const struct move *moves, size_t count) {
    struct tally t = {0};
    for (size_t i = 0; i < count; i++) {
        if (!is_recent(plan, &moves[i]))
            continue;
        if (moves[i].change > 0) {
            t.up++;
            if ((!t.rise || moves[i].change > t.rise->change) && !is_past(moves, i))
                t.rise = &moves[i];
        } else {
            t.down++;
            if ((!t.fall || moves[i].change < t.fall->change) && !is_past(moves, i))
                t.fall = &moves[i];
        }
    }
    return t;
}

static const char *signed_percent(struct arena *arena, double share) {
    return arena_printf(arena, "%s%s", share < 0 ? "\xE2\x88\x92" : "+",
                        words_percent(arena, fabs(round(100 * share) / 100)));
}

static const char *move_words(struct arena *arena, const struct move *move) {
    return arena_printf(arena, "%s at %s (%s)", phrase_gpu(move->after->gpu), move->after->platform,
                        signed_percent(arena, move->change));
}

static const char *answer(struct arena *arena, const struct tally *t) {
    if (t->up + t->down == 0)
        return arena_printf(arena, "No price in the lists moved in the last %d days.", RECENT_DAYS);
    const char *text = arena_printf(
        arena, "In the last %d days of the price lists %s rose and %s fell.", RECENT_DAYS,
        words_plural(arena, (double)t->up, "price"), words_exact(arena, (double)t->down));
    if (t->rise)
        text = arena_printf(arena, "%s The largest rise that stands: %s.", text,
                            move_words(arena, t->rise));
    if (t->fall)
        text = arena_printf(arena, "%s The largest fall%s: %s.", text,
                            t->rise ? "" : " that stands", move_words(arena, t->fall));
    return text;
}

/* Rises and falls of late, each where it stands in time. */
static void chart(struct draft *draft, const struct page_plan *plan, const struct move *moves,
                  size_t count) {
    struct arena *arena = draft->arena;
    struct chart_series *series = ARENA_ARRAY(arena, 2, struct chart_series);
    double *sizes = ARENA_ARRAY(arena, count + 1, double);
    size_t used = 0, sized = 0;
    for (int falls = 0; falls < 2; falls++) {
        double *x = ARENA_ARRAY(arena, count + 1, double);
        double *y = ARENA_ARRAY(arena, count + 1, double);
        size_t n = 0;
        for (size_t i = 0; i < count; i++) {
            int day;
            if (!is_recent(plan, &moves[i]) || (moves[i].change < 0) != falls ||
                !history_day(moves[i].after->as_of, &day))
                continue;
            x[n] = day;
            y[n++] = round(100 * moves[i].change);
            sizes[sized++] = fabs(moves[i].change);
        }
        if (n > 0)
            series[used++] = (struct chart_series){.name = falls ? "Fell" : "Rose",
                                                   .kind = SERIES_POINTS,
                                                   .colour = falls ? 0 : 1,
                                                   .x = x,
                                                   .y = y,
                                                   .count = n};
    }
    if (sized < 3)
        return;
    struct chart *out = ARENA_NEW(arena, struct chart);
    *out = (struct chart){
        .kind = CHART_SCATTER,
        .id = "moves-chart",
        .title = arena_printf(arena, "Half of the %s are of %s or more",
                              words_plural(arena, (double)sized, "change"),
                              words_percent(arena, round(100 * sample_median(sizes, sized)) / 100)),
        .x = {.label = "Day", .unit = "", .date = true},
        .y = {.label = "Change of a price", .unit = "%"},
        .series = series,
        .series_count = used,
        .height = 280};
    draft_chart(draft, "moves_chart", out, NULL);
}

static void put_price(struct rows *rows, const struct offer *offer) {
    double gpus = offer->gpu_count ? offer->gpu_count : 1;
    rows_put(rows, value_from(value_usd_listed(rows->arena, offer->on_demand_usd_per_hour / gpus),
                              FROM_INPUT, NULL));
}

static void put_change(struct rows *rows, const struct move *move) {
    const char *text = signed_percent(rows->arena, move->change);
    rows_put(rows, value_saying(value_percent(rows->arena, move->change), str_of(text)));
}

static void table(struct draft *draft, const struct page_plan *plan, const struct move *moves,
                  size_t count) {
    static const struct column columns[] = {
        {"gpu", "GPU", NULL, false, true},
        {"platform", "Platform", NULL, false, true},
        {"change", "Change", NULL, true, false},
        {"before_usd_per_gpu_hour", "Before", "$ / GPU-hour", true, false},
        {"after_usd_per_gpu_hour", "After", "$ / GPU-hour", true, false},
        {"date", "Date", NULL, false, false},
        {"since", "Since", NULL, false, false},
        {"gpu_count", "GPUs", NULL, true, false},
        {"region", "Region", NULL, false, false},
    };
    struct arena *arena = draft->arena;
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), count);
    for (size_t i = 0; i < count; i++) {
        const struct offer *a = moves[i].before, *b = moves[i].after;
        bool listed = plan_platform(plan, b->platform_id) != NULL; /* it has a page */
        rows_put(&rows, value_link(phrase_gpu(b->gpu), href_gpu(arena, b->gpu)));
        rows_put(&rows, listed ? value_link(b->platform, href_platform(arena, b->platform_id))
                               : value_text(b->platform));
        put_change(&rows, &moves[i]);
        put_price(&rows, a);
        put_price(&rows, b);
        rows_put(&rows, value_text(b->as_of));
        rows_put(&rows, value_text(a->as_of));
        rows_put(&rows, value_exact(arena, b->gpu_count ? b->gpu_count : 1));
        rows_put(&rows, value_text(b->region));
    }
    struct table *out =
        draft_table(draft, "moves", "On-demand prices that moved, newest first", &rows,
                    "Changes of one percent or more between two dates of one offer");
    if (!out)
        return;
    out->sortable = out->downloadable = true;
    out->shown_rows = SHOWN_MOVES;
}

static double size_of(const struct move *move) {
    return fabs(log1p(move->change));
}

/* The largest moves of late, each GPU of a platform once. */
static size_t pick_movers(const struct page_plan *plan, const struct move *moves, size_t count,
                          const struct move **out) {
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        const struct move *move = &moves[i];
        bool known = !is_recent(plan, move);
        for (size_t k = 0; k < n && !known; k++)
            known = move->after->gpu == out[k]->after->gpu &&
                    strcmp(move->after->platform_id, out[k]->after->platform_id) == 0;
        if (known || (n == MOVERS && size_of(move) <= size_of(out[n - 1])) || is_past(moves, i))
            continue;
        size_t at = n < MOVERS ? n++ : n - 1;
        for (; at > 0 && size_of(out[at - 1]) < size_of(move); at--)
            out[at] = out[at - 1];
        out[at] = move;
    }
    return n;
}

/* Where the largest prices went, on the front page and beside the chart of all. */
static void movers_table(struct draft *draft, const struct page_plan *plan,
                         const struct move *moves, size_t all, const char *heading,
                         const char *more) {
    static const struct column columns[] = {
        {"gpu", "GPU", NULL, false, false},
        {"platform", "At", NULL, false, false},
        {"change", "Change", NULL, true, false},
        {"before_usd_per_gpu_hour", "Before", NULL, true, false},
        {"after_usd_per_gpu_hour", "Now", NULL, true, false},
    };
    struct arena *arena = draft->arena;
    const struct move *movers[MOVERS];
    size_t count = pick_movers(plan, moves, all, movers);
    struct rows rows = rows_begin(arena, columns, COUNT_OF(columns), count);
    for (size_t i = 0; i < count; i++) {
        const struct offer *b = movers[i]->after;
        rows_put(&rows, value_link(phrase_gpu(b->gpu), href_gpu(arena, b->gpu)));
        rows_put(&rows, value_text(b->platform));
        put_change(&rows, movers[i]);
        put_price(&rows, movers[i]->before);
        put_price(&rows, b);
    }
    draft_table(
        draft, "movers", heading, &rows,
        arena_printf(arena,
                     "$ per GPU-hour on demand: the last change of each offer in the %d days to "
                     "%s%s",
                     RECENT_DAYS, plan->catalog->site.as_of, more));
}

void index_movers(struct draft *draft, const struct page_plan *plan) {
    struct move *moves;
    size_t all = collect(draft->arena, plan, &moves);
    movers_table(draft, plan, moves, all, "Prices that moved", "; Changes has all");
}

struct page *page_changes(const struct page_plan *plan, const struct page_entry *entry,
                          struct arena *arena) {
    struct draft draft = draft_begin(arena, entry->path, "changes");
    struct link crumbs[] = {{plan->catalog->site.title, "", NULL}, {"Changes", NULL, NULL}};
    struct link links[] = {{"Atom feed", "feed.xml", "changes of the site itself"}};
    struct move *moves;
    size_t count = collect(arena, plan, &moves);
    struct tally t = tally(plan, moves, count);
    draft_crumbs(&draft, crumbs, COUNT_OF(crumbs));
    draft.page->title = "What moved";
    draft_answer(&draft, answer(arena, &t));
    draft.page->description = draft.blocks[0].text;
    chart(&draft, plan, moves, count);
    movers_table(&draft, plan, moves, count, "Where it moved most", "");
    table(&draft, plan, moves, count);
    draft_links(&draft, "links", "Follow", links, COUNT_OF(links));
    return draft_end(&draft);
}
