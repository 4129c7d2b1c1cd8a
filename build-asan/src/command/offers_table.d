build-asan/src/command/offers_table.o: src/command/offers_table.c \
 src/command/offers_answer.h src/base/buf.h src/engine/economics.h \
 src/engine/cost.h src/engine/estimate.h src/catalog/catalog.h \
 src/catalog/benchmark.h src/base/diag.h src/catalog/precision.h \
 src/catalog/gpu.h src/catalog/model.h src/catalog/power.h \
 src/catalog/price.h src/catalog/site.h src/engine/memory.h \
 src/engine/parameters.h src/engine/montecarlo.h src/base/arena.h \
 src/engine/offers.h src/engine/sweep.h src/engine/combination.h \
 src/engine/first_principles.h src/engine/serve_case.h src/engine/serve.h \
 src/engine/step.h src/catalog/calibration.h src/engine/shape.h \
 src/engine/quote.h src/base/num.h
src/command/offers_answer.h:
src/base/buf.h:
src/engine/economics.h:
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
src/engine/montecarlo.h:
src/base/arena.h:
src/engine/offers.h:
src/engine/sweep.h:
src/engine/combination.h:
src/engine/first_principles.h:
src/engine/serve_case.h:
src/engine/serve.h:
src/engine/step.h:
src/catalog/calibration.h:
src/engine/shape.h:
src/engine/quote.h:
src/base/num.h:
