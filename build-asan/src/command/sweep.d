build-asan/src/command/sweep.o: src/command/sweep.c src/command/command.h \
 src/command/engines.h src/command/project.h src/base/arena.h \
 src/base/buf.h src/base/diag.h src/catalog/catalog.h \
 src/catalog/benchmark.h src/catalog/precision.h src/catalog/gpu.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/read/calibration.h src/catalog/calibration.h \
 src/read/read.h src/engine/calibration.h src/command/options.h \
 src/command/specs.h src/command/sweep_row.h src/engine/quote.h \
 src/engine/sweep.h src/engine/combination.h src/engine/estimate.h \
 src/engine/memory.h src/engine/parameters.h \
 src/engine/first_principles.h src/engine/serve_case.h src/engine/serve.h \
 src/engine/step.h src/engine/shape.h src/base/fs.h src/base/pool.h
src/command/command.h:
src/command/engines.h:
src/command/project.h:
src/base/arena.h:
src/base/buf.h:
src/base/diag.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/catalog/precision.h:
src/catalog/gpu.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/read/calibration.h:
src/catalog/calibration.h:
src/read/read.h:
src/engine/calibration.h:
src/command/options.h:
src/command/specs.h:
src/command/sweep_row.h:
src/engine/quote.h:
src/engine/sweep.h:
src/engine/combination.h:
src/engine/estimate.h:
src/engine/memory.h:
src/engine/parameters.h:
src/engine/first_principles.h:
src/engine/serve_case.h:
src/engine/serve.h:
src/engine/step.h:
src/engine/shape.h:
src/base/fs.h:
src/base/pool.h:
