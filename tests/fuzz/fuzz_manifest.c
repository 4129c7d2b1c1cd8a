/* The manifest of a site, which anybody may have written: nothing, or paths below the site. What
   is read is printed as it was. */
#include "fuzz.h"

#include "publish/manifest.h"
#include "publish/publish.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    struct fuzz fuzz = fuzz_begin(bytes, n, "manifest");
    struct manifest manifest, again;
    struct buf out = BUF_INIT;
    const char *why;
    if (manifest_parse(fuzz.in.arena, fuzz.in.text, fuzz.in.n, &manifest)) {
        for (size_t i = 0; i < manifest.count; i++) {
            const char *path = manifest.entries[i].path;
            PROMISE(publish_path_ok(path, &why), "'%s': %s", path, why);
            PROMISE(manifest_find(&manifest, path), "'%s' is lost", path);
            PROMISE(i == 0 || strcmp(manifest.entries[i - 1].path, path) <= 0, "not sorted");
            manifest_below(&manifest, path);
            PROMISE(manifest_name(manifest_below(&manifest, ""), 0, path), "'%s' is not named",
                    path);
        }
        manifest_print(&manifest, &out);
        PROMISE(manifest_parse(fuzz.in.arena, buf_text(&out), out.len, &again) &&
                    again.count == manifest.count && again.fingerprint == manifest.fingerprint,
                "does not read its own");
    }
    buf_free(&out);
    fuzz_end(&fuzz);
    return 0;
}
