build-asan/src/command/estimate.o: src/command/estimate.c \
 src/command/answer.h src/base/buf.h src/engine/cost.h \
 src/engine/estimate.h src/catalog/catalog.h src/catalog/benchmark.h \
 src/base/diag.h src/catalog/precision.h src/catalog/gpu.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/engine/memory.h src/engine/parameters.h \
 src/engine/energy.h src/engine/quote.h src/command/command.h \
 src/command/engines.h src/command/project.h src/base/arena.h \
 src/read/calibration.h src/catalog/calibration.h src/read/read.h \
 src/engine/calibration.h src/command/options.h src/command/specs.h \
 src/base/num.h src/base/str.h src/engine/sweep.h \
 src/engine/combination.h src/engine/first_principles.h \
 src/engine/serve_case.h src/engine/serve.h src/engine/step.h \
 src/engine/shape.h
src/command/answer.h:
src/base/buf.h:
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
src/engine/energy.h:
src/engine/quote.h:
src/command/command.h:
src/command/engines.h:
src/command/project.h:
src/base/arena.h:
src/read/calibration.h:
src/catalog/calibration.h:
src/read/read.h:
src/engine/calibration.h:
src/command/options.h:
src/command/specs.h:
src/base/num.h:
src/base/str.h:
src/engine/sweep.h:
src/engine/combination.h:
src/engine/first_principles.h:
src/engine/serve_case.h:
src/engine/serve.h:
src/engine/step.h:
src/engine/shape.h:
