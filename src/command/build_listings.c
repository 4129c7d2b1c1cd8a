/* The files of a site that list its pages. Nothing is kept of the many pages between models and
   GPUs: what the lists say of one is told anew, and what is listed is written as it comes. */
#include "command/build_shard.h"
#include "command/build_site.h"

#include "base/pool.h"

#include <stdatomic.h>

struct listed_page build_listed_page(const struct build_site *site, size_t index,
                                     struct arena *arena) {
    if (site->lines)
        return shard_listed_page(site->lines[index], arena);
    if (site->noted[index])
        return *site->noted[index];
    const struct page *page = page_outline(site->plan, index, arena);
    return (struct listed_page){page->path, page->title,
                                page->description ? page->description : ""};
}

static struct listed_page list_page(const void *site, size_t index, struct arena *arena) {
    return build_listed_page(site, index, arena);
}

static const char *list_path(const void *context, size_t index, struct arena *arena) {
    const struct build_site *site = context;
    return site->lines ? shard_listed_page(site->lines[index], arena).path
                       : page_plan_path(site->plan, index);
}

static void make_page_index(const struct build_site *site, const struct page_list *pages,
                            struct buf *out) {
    render_page_index(&site->context, pages, out);
}

static void make_sitemap(const struct build_site *site, const struct page_list *pages,
                         struct buf *out) {
    render_sitemap(&site->context, pages, out);
}

static void make_llms(const struct build_site *site, const struct page_list *pages,
                      struct buf *out) {
    render_llms(&site->context, pages, out);
}

static void make_not_found(const struct build_site *site, const struct page_list *pages,
                           struct buf *out) {
    (void)pages;
    render_not_found(site->theme, &site->context, out);
    if (out->overflow) /* it is small: nothing has been written yet that could have failed */
        build_incomplete(site, "404.html");
}

static void make_robots(const struct build_site *site, const struct page_list *pages,
                        struct buf *out) {
    (void)pages;
    render_robots(&site->context, out);
}

/* The largest first; each is made for itself. */
static const struct listing {
    const char *path;
    void (*make)(const struct build_site *site, const struct page_list *pages, struct buf *out);
} all_listings[] = {{"pages.json", make_page_index},
                    {"sitemap.xml", make_sitemap},
                    {"llms.txt", make_llms},
                    {"404.html", make_not_found},
                    {"robots.txt", make_robots}};

struct listings {
    const struct build_site *site;
    atomic_bool failed;
};

struct making {
    const struct build_site *site;
    const struct listing *listing;
};

static void make_listing(void *context, struct buf *out) {
    const struct making *making = context;
    const struct page_list pages = {making->site->page_count, making->site, list_path, list_page};
    making->listing->make(making->site, &pages, out);
}

static void put_listing(void *context, size_t index, unsigned worker) {
    struct listings *listings = context;
    struct making making = {listings->site, &all_listings[index]};
    (void)worker;
    if (!stage_put_parts(listings->site->stage, making.listing->path, make_listing, &making))
        atomic_store(&listings->failed, true);
}

bool build_listings(const struct build_site *site) {
    struct listings listings = {.site = site};
    pool_run(site->jobs, sizeof all_listings / sizeof *all_listings, put_listing, &listings);
    return !atomic_load(&listings.failed);
}
