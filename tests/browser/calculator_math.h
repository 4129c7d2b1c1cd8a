/* Functions that every browser has are not carried along: their tables are a third of the engine.
   The page hands them over (assets/calculator.js); they agree with libm's to an ulp or two. */
#ifndef CALCULATOR_MATH_H
#define CALCULATOR_MATH_H

#include <math.h>

#define FROM_PAGE(name) __attribute__((import_module("math"), import_name(#name)))
FROM_PAGE(expm1) double page_expm1(double x);
FROM_PAGE(log1p) double page_log1p(double x);
FROM_PAGE(log2) double page_log2(double x);
FROM_PAGE(pow) double page_pow(double x, double y);
#define expm1 page_expm1
#define log1p page_log1p
#define log2 page_log2
#define pow page_pow

#endif
