/* What to say when an option names a precision that there is not. */
#include "command/precisions.h"

#include "base/buf.h"
#include "catalog/precision_list.h"
#include "command/options.h"

int precisions_error(const char *command, const char *name, bool for_kv) {
    struct buf known = BUF_INIT;
    precision_list(for_kv, &known);
    int status = options_error(command, "--%s: '%s' is no precision %s; there is: %s",
                               for_kv ? "kv" : "weights", name,
                               for_kv ? "of the KV cache" : "of weights", buf_text(&known));
    buf_free(&known);
    return status;
}
