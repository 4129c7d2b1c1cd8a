build-asan/tests/engine_offers_test: tests/unit/engine_offers_test.c \
 tests/unit/golden.h src/engine/offers.h src/base/arena.h \
 src/engine/cost.h src/engine/estimate.h src/catalog/catalog.h \
 src/catalog/benchmark.h src/base/diag.h src/catalog/precision.h \
 src/catalog/gpu.h src/catalog/model.h src/catalog/power.h \
 src/catalog/price.h src/catalog/site.h src/engine/memory.h \
 src/engine/parameters.h src/engine/sweep.h src/engine/combination.h \
 src/engine/first_principles.h src/engine/serve_case.h src/engine/serve.h \
 src/engine/step.h src/catalog/calibration.h src/engine/shape.h \
 src/engine/quote.h tests/unit/engine_models.h
tests/unit/golden.h:
src/engine/offers.h:
src/base/arena.h:
src/engine/cost.h:
src/engine/estimate.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/base/diag.h:
src/catalog/precision.h:
src/catalog/gpu.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/engine/memory.h:
src/engine/parameters.h:
src/engine/sweep.h:
src/engine/combination.h:
src/engine/first_principles.h:
src/engine/serve_case.h:
src/engine/serve.h:
src/engine/step.h:
src/catalog/calibration.h:
src/engine/shape.h:
src/engine/quote.h:
tests/unit/engine_models.h:
