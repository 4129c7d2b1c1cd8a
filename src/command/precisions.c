/* What to say when an option names a precision that there is not. */
#include "command/precisions.h"

#include "base/buf.h"
#include "command/options.h"

int precisions_error(const char *command, const char *name, bool for_kv) {
    struct buf known = BUF_INIT;
    for (int i = 0; i < PRECISION_COUNT; i++) {
        const struct precision_info *info = precision_info((enum precision)i);
        if (for_kv ? info->for_kv : info->for_weights)
            buf_printf(&known, "%s%s", known.len ? ", " : "", info->id);
    }
    int status = options_error(command, "--%s: '%s' is no precision %s; there is: %s",
                               for_kv ? "kv" : "weights", name,
                               for_kv ? "of the KV cache" : "of weights", buf_text(&known));
    buf_free(&known);
    return status;
}
