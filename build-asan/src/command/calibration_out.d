build-asan/src/command/calibration_out.o: src/command/calibration_out.c \
 src/command/calibration_out.h src/base/buf.h src/catalog/calibration.h \
 src/catalog/gpu.h src/base/diag.h src/catalog/precision.h src/base/num.h \
 src/render/render.h src/base/str.h src/chart/marks.h src/base/arena.h \
 src/chart/chart.h src/page/page.h src/engine/estimate.h \
 src/catalog/catalog.h src/catalog/benchmark.h src/catalog/model.h \
 src/catalog/power.h src/catalog/price.h src/catalog/site.h \
 src/engine/memory.h src/engine/parameters.h
src/command/calibration_out.h:
src/base/buf.h:
src/catalog/calibration.h:
src/catalog/gpu.h:
src/base/diag.h:
src/catalog/precision.h:
src/base/num.h:
src/render/render.h:
src/base/str.h:
src/chart/marks.h:
src/base/arena.h:
src/chart/chart.h:
src/page/page.h:
src/engine/estimate.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/engine/memory.h:
src/engine/parameters.h:
