build-asan/src/render/markdown.o: src/render/markdown.c \
 src/render/markdown.h src/base/buf.h src/base/diag.h src/base/str.h \
 src/render/render.h src/chart/marks.h src/base/arena.h src/chart/chart.h \
 src/page/page.h src/engine/estimate.h src/catalog/catalog.h \
 src/catalog/benchmark.h src/catalog/precision.h src/catalog/gpu.h \
 src/catalog/model.h src/catalog/power.h src/catalog/price.h \
 src/catalog/site.h src/engine/memory.h src/engine/parameters.h
src/render/markdown.h:
src/base/buf.h:
src/base/diag.h:
src/base/str.h:
src/render/render.h:
src/chart/marks.h:
src/base/arena.h:
src/chart/chart.h:
src/page/page.h:
src/engine/estimate.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/catalog/precision.h:
src/catalog/gpu.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/engine/memory.h:
src/engine/parameters.h:
