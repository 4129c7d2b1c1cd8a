/* Palette: measured from assets/palette.css. Each of six colours keeps 3:1 on its ground (WCAG
   contrast) and 11 CIEDE2000 from the others, in normal vision and in protanopia, deuteranopia and
   tritanopia as simulated by Machado, Oliveira and Fernandes (2009), severity 1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/fs.h"

#define PI 3.14159265358979323846

struct lab {
    double l, a, b;
};

static const double VISION[4][9] = {
    {1, 0, 0, 0, 1, 0, 0, 0, 1},
    {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
    {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
    {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900}};

static double linear(unsigned channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static void rgb(unsigned hex, double out[3]) {
    out[0] = linear(hex >> 16);
    out[1] = linear(hex >> 8 & 255);
    out[2] = linear(hex & 255);
}

static double luminance(unsigned hex) {
    double c[3];
    rgb(hex, c);
    return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
}

static double contrast(unsigned a, unsigned b) {
    double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
    return x > y ? x / y : y / x;
}

static double lab_f(double t) {
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

static struct lab seen(unsigned hex, const double m[9]) {
    double c[3], v[3];
    rgb(hex, c);
    for (int i = 0; i < 3; i++)
        v[i] = fmin(fmax(m[3 * i] * c[0] + m[3 * i + 1] * c[1] + m[3 * i + 2] * c[2], 0), 1);
    double x = lab_f((0.4124564 * v[0] + 0.3575761 * v[1] + 0.1804375 * v[2]) / 0.95047);
    double y = lab_f(0.2126729 * v[0] + 0.7151522 * v[1] + 0.0721750 * v[2]);
    double z = lab_f((0.0193339 * v[0] + 0.1191920 * v[1] + 0.9503041 * v[2]) / 1.08883);
    return (struct lab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

static double hue(double b, double a) {
    double h = a == 0 && b == 0 ? 0 : atan2(b, a) * 180 / PI;
    return h < 0 ? h + 360 : h;
}

/* Sharma, Wu and Dalal (2005). */
static double ciede2000(struct lab p, struct lab q) {
    double rad = PI / 180, mean = (hypot(p.a, p.b) + hypot(q.a, q.b)) / 2;
    double g = 0.5 * (1 - sqrt(pow(mean, 7) / (pow(mean, 7) + pow(25, 7))));
    double a1 = (1 + g) * p.a, a2 = (1 + g) * q.a, c1 = hypot(a1, p.b), c2 = hypot(a2, q.b);
    double h1 = hue(p.b, a1), h2 = hue(q.b, a2), dh = 0, h = h1 + h2;
    if (c1 * c2 != 0) {
        dh = h2 - h1;
        dh += dh > 180 ? -360 : dh < -180 ? 360 : 0;
        h = fabs(h1 - h2) <= 180 ? h / 2 : h < 360 ? (h + 360) / 2 : (h - 360) / 2;
    }
    double dl = q.l - p.l, dc = c2 - c1, big = 2 * sqrt(c1 * c2) * sin(dh / 2 * rad);
    double l = (p.l + q.l) / 2, c = (c1 + c2) / 2;
    double t = 1 - 0.17 * cos((h - 30) * rad) + 0.24 * cos(2 * h * rad) +
               0.32 * cos((3 * h + 6) * rad) - 0.2 * cos((4 * h - 63) * rad);
    double turn = 30 * exp(-pow((h - 275) / 25, 2));
    double rc = 2 * sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7)));
    double sl = 1 + 0.015 * pow(l - 50, 2) / sqrt(20 + pow(l - 50, 2));
    double sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t, rt = -sin(2 * turn * rad) * rc;
    return sqrt(pow(dl / sl, 2) + pow(dc / sc, 2) + pow(big / sh, 2) + rt * (dc / sc) * (big / sh));
}

static void ciede2000_equals_published_pairs(void **unused) {
    (void)unused;
    /* Rows 1, 7, 17, 25 and 34 of the paper's table 1. */
    static const struct {
        struct lab p, q;
        double distance;
    } ROWS[] = {{{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
                {{50, 0, 0}, {50, -1, 2}, 2.3669},
                {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
                {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
                {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082}};
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        assert_true(fabs(ciede2000(ROWS[i].p, ROWS[i].q) - ROWS[i].distance) < 5e-5);
}

static unsigned colour(const char *block, const char *name) {
    char key[16];
    unsigned hex = 0;
    snprintf(key, sizeof key, "--%s: #", name);
    const char *at = strstr(block, key);
    assert_non_null(at);
    assert_int_equal(sscanf(at + strlen(key), "%6x", &hex), 1);
    return hex;
}

static void measure(const char *block) {
    unsigned c[6], ground = colour(block, "ground");
    double least_contrast = 99, least_apart = 999;
    for (int i = 0; i < 6; i++) {
        char name[3] = {'c', (char)('0' + i), 0};
        c[i] = colour(block, name);
        least_contrast = fmin(least_contrast, contrast(c[i], ground));
    }
    for (int v = 0; v < 4; v++)
        for (int i = 0; i < 6; i++)
            for (int k = 0; k < i; k++)
                least_apart =
                    fmin(least_apart, ciede2000(seen(c[i], VISION[v]), seen(c[k], VISION[v])));
    print_message("contrast %.2f, apart %.2f\n", least_contrast, least_apart);
    assert_true(least_contrast >= 3 && least_apart >= 11);
    assert_true(contrast(colour(block, "ink"), ground) >= 7);
    assert_true(contrast(colour(block, "muted"), ground) >= 4.5);
    assert_true(contrast(colour(block, "accent"), ground) >= 4.5);
}

static void light_and_dark_can_be_told_apart(void **unused) {
    (void)unused;
    struct arena *arena = arena_new();
    struct diags *diags = diags_new();
    const char *text;
    size_t n;
    assert_true(fs_read(arena, "assets/palette.css", 1 << 16, diags, &text, &n));
    measure(text);
    const char *dark = strstr(text, "@media screen and (prefers-color-scheme: dark)");
    assert_non_null(dark); /* screen: paper keeps the light colours */
    measure(dark);
    diags_free(diags);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ciede2000_equals_published_pairs),
        cmocka_unit_test(light_and_dark_can_be_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
