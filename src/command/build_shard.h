/* A site made in parts, on many machines, and joined. */
#ifndef COMMAND_BUILD_SHARD_H
#define COMMAND_BUILD_SHARD_H

#include "command/build_site.h"
#include "command/options.h"

/* "2/8": part 2 of 8. False when it is no such text. */
bool shard_parse(const char *text, struct build_part *part);
/* What a part notes for the merge beside its pages, in shard.list: the fingerprint of the whole,
   which part it is, and what the listings say of its pages. */
bool shard_put_list(const struct build_site *site, uint64_t fingerprint);
/* What a line of such a list says, after the page's number; texts in the arena. */
struct listed_page shard_listed_page(struct str line, struct arena *arena);
/* Puts the files of all parts and fills site->lines from their lists. Every part must be there
   once, of the fingerprint. False with diagnostics. */
bool shard_take_all(struct build_site *site, const struct option_list *parts, uint64_t fingerprint);

#endif
