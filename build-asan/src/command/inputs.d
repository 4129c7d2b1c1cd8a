build-asan/src/command/inputs.o: src/command/inputs.c \
 src/command/inputs.h src/command/project.h src/base/arena.h \
 src/base/buf.h src/base/diag.h src/catalog/catalog.h \
 src/catalog/benchmark.h src/catalog/precision.h src/catalog/gpu.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/read/calibration.h src/catalog/calibration.h \
 src/read/read.h src/render/render.h src/base/str.h src/chart/marks.h \
 src/chart/chart.h src/page/page.h src/engine/estimate.h \
 src/engine/memory.h src/engine/parameters.h src/base/fs.h \
 src/base/hash.h
src/command/inputs.h:
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
src/render/render.h:
src/base/str.h:
src/chart/marks.h:
src/chart/chart.h:
src/page/page.h:
src/engine/estimate.h:
src/engine/memory.h:
src/engine/parameters.h:
src/base/fs.h:
src/base/hash.h:
