/* Which blocks the pages of a template may have. tests/unit/page_blocks_test.c makes pages of every
   kind and looks them up here. */
#include "page/blocks.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *template, *blocks;
} pages[] = {
    {"404", ""},
    {"accuracy", "answer by_class by_engine by_gpu by_model by_source figures left_out "
                 "left_out_classes parts residuals rows spread where"},
    {"calculator", "answer inputs"},
    {"changes", "answer links movers moves moves_chart"},
    {"combination", "answer context counts efficiency extrapolated figures formula links platforms "
                    "reproduce split throughput workloads"},
    {"data", "answer attribution downloads inputs sources"},
    {"energy", "answer energy energy_method figures gpus measured models regions token"},
    {"glossary", "answer links terms"},
    {"gpu", "answer figures formula history links models note prices roofline sources specs"},
    {"index", "answer figures gpus map models movers platforms prices"},
    {"method", "answer method settings"},
    {"model", "answer api figures further gpus links measured memory offers parameters pareto "
              "source throughput use"},
    {"page", "answer data parts rows"},
    {"platform", "answer figures links market offers"},
    {"price", "answer band bands contracts figures flips frontier gap links price_history "
              "sensitivity supply targets"},
    {"recommend", "answer budget fits gpus memory recommend_method"},
    {"report", "ways reading symbols"},
    {"training", "answer figures formula gpus models parts training_method"},
    {"tuning", "answer figures formula gpus links memory parts tokens training_method"},
};
enum { PAGES = sizeof pages / sizeof *pages };

static bool lists(const char *words, struct str name) {
    for (const char *at = words; *at; at += strspn(at, " ")) {
        size_t n = strcspn(at, " ");
        if (str_equal((struct str){at, n}, name))
            return true;
        at += n;
    }
    return false;
}

static size_t page_of(struct str template) {
    size_t i = 0;
    while (i < PAGES && !str_equal(str_of(pages[i].template), template))
        i++;
    return i;
}

bool page_blocks_template(struct str template) {
    return page_of(template) < PAGES;
}

bool page_blocks_has(struct str template, struct str name) {
    size_t page = page_of(template);
    bool shared = str_equal(template, STR("page")) || str_equal(template, STR("report"));
    if (page < PAGES && !shared)
        return lists(pages[page].blocks, name);
    for (size_t i = 0; i < PAGES; i++)
        if (lists(pages[i].blocks, name))
            return true;
    return false;
}

bool page_blocks_prose(struct str name) {
    return lists("energy_method method recommend_method training_method", name);
}
