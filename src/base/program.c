/* The note in which a linker leaves a hash of what it wrote (NT_GNU_BUILD_ID, elf(5)). */
#include "base/program.h"

#include "base/fs.h"
#include "base/hash.h"

#include <elf.h>
#include <link.h>
#include <string.h>

typedef ElfW(Phdr) part;
typedef ElfW(Nhdr) note_head;

/* Notes and what they hold begin at multiples of four bytes. */
static size_t padded(size_t n) {
    return (n + 3) & ~(size_t)3;
}

static uint64_t hash_in(const unsigned char *notes, size_t n) {
    note_head note;
    while (n >= sizeof note) {
        memcpy(&note, notes, sizeof note);
        size_t name = padded(note.n_namesz), text = padded(note.n_descsz);
        if (name > n - sizeof note || text > n - sizeof note - name)
            break;
        const unsigned char *at = notes + sizeof note;
        if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && !memcmp(at, "GNU", 4))
            return hash_bytes(at + name, note.n_descsz, 1);
        notes += sizeof note + name + text;
        n -= sizeof note + name + text;
    }
    return 0;
}

static const part *find_part(const struct dl_phdr_info *info, uint32_t type) {
    for (unsigned i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == type)
            return &info->dlpi_phdr[i];
    return NULL;
}

/* The program itself is the first of all that is loaded. The list of its parts is one of them,
   which says where the others lie. */
static int look(struct dl_phdr_info *info, size_t size, void *context) {
    uint64_t *hash = context;
    const part *list = find_part(info, PT_PHDR);
    (void)size;
    for (unsigned i = 0; list && i < info->dlpi_phnum && !*hash; i++) {
        const part *at = &info->dlpi_phdr[i];
        const unsigned char *start = (const unsigned char *)info->dlpi_phdr - list->p_vaddr;
        if (at->p_type == PT_NOTE)
            *hash = hash_in(start + at->p_vaddr, at->p_memsz);
    }
    return 1;
}

uint64_t program_fingerprint(void) {
    uint64_t hash = 0;
    dl_iterate_phdr(look, &hash);
    return hash || fs_hash("/proc/self/exe", 1, &hash) ? hash : 0;
}
