/* SHA-256 in base64, as Content-Security-Policy names inline elements: the only file that knows
   libmd. */
#include "render/theme.h"

#include <stdint.h>
#include <sys/types.h>

#include <sha2.h>

void policy_put_base64(struct buf *out, const char *text, size_t n) {
    const uint8_t *bytes = (const uint8_t *)text;
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        uint32_t three = (uint32_t)bytes[i] << 16;
        three |= i + 1 < n ? (uint32_t)bytes[i + 1] << 8 : 0;
        three |= i + 2 < n ? bytes[i + 2] : 0;
        buf_putc(out, digits[three >> 18]);
        buf_putc(out, digits[three >> 12 & 63]);
        buf_putc(out, i + 1 < n ? digits[three >> 6 & 63] : '=');
        buf_putc(out, i + 2 < n ? digits[three & 63] : '=');
    }
}

void policy_put_hash(struct buf *out, const char *text, size_t n) {
    SHA2_CTX context;
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)text, n);
    SHA256Final(digest, &context);
    buf_puts(out, "'sha256-");
    policy_put_base64(out, (const char *)digest, sizeof digest);
    buf_putc(out, '\'');
}
