build-asan/tests/command_sweep_test: tests/unit/command_sweep_test.c \
 tests/unit/command_run.h tests/unit/golden.h src/base/arena.h \
 src/command/command.h src/base/diag.h src/command/sweep_row.h \
 src/base/buf.h src/engine/quote.h src/catalog/catalog.h \
 src/catalog/benchmark.h src/catalog/precision.h src/catalog/gpu.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/engine/sweep.h src/engine/combination.h \
 src/engine/estimate.h src/engine/memory.h src/engine/parameters.h \
 src/engine/first_principles.h src/engine/serve_case.h src/engine/serve.h \
 src/engine/step.h src/catalog/calibration.h src/engine/shape.h \
 tests/unit/engine_models.h src/read/csv.h src/read/json.h src/base/str.h
tests/unit/command_run.h:
tests/unit/golden.h:
src/base/arena.h:
src/command/command.h:
src/base/diag.h:
src/command/sweep_row.h:
src/base/buf.h:
src/engine/quote.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/catalog/precision.h:
src/catalog/gpu.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/engine/sweep.h:
src/engine/combination.h:
src/engine/estimate.h:
src/engine/memory.h:
src/engine/parameters.h:
src/engine/first_principles.h:
src/engine/serve_case.h:
src/engine/serve.h:
src/engine/step.h:
src/catalog/calibration.h:
src/engine/shape.h:
tests/unit/engine_models.h:
src/read/csv.h:
src/read/json.h:
src/base/str.h:
