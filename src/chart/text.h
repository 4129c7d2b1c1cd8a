/* Room that text takes, and figures as charts write them. */
#ifndef CHART_TEXT_H
#define CHART_TEXT_H

#include "base/arena.h"

#define TEXT_SIZE 12.0 /* user units: every text of a chart */
#define LINE_HEIGHT 15.0

/* Width in user units at TEXT_SIZE. Measured with DejaVu Sans, the widest of the usual system
   faces, so that what fits here fits there. */
double text_width(const char *text);
/* The same in semibold or bold type, as names of series are set. */
double text_width_bold(const char *text);
/* Three significant digits, grouped, without trailing zeros: "1,230", "0.5", "12.3". */
const char *text_number(struct arena *arena, double value);
/* The same into `out` of NUM_MAX bytes; returns its length. */
size_t text_put_number(char *out, double value);
/* num_fixed with commas between groups of three, and the suffix: 12345.5, "k" -> "12,345.5k". */
const char *text_fixed(struct arena *arena, double value, int decimals, const char *suffix);
/* "2026-10-10" of days since 1970-01-01. */
const char *text_date(struct arena *arena, double days);
/* "Label (unit)", or "Label" without a unit. */
const char *text_axis(struct arena *arena, const char *label, const char *unit);
/* Text cut at a character boundary to fit the width, with an ellipsis; the text itself if it fits.
 */
const char *text_fit(struct arena *arena, const char *text, double width);
const char *text_fit_bold(struct arena *arena, const char *text, double width);

#endif
