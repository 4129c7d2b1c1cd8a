build-asan/src/engine/audit_offers.o: src/engine/audit_offers.c \
 src/base/num.h src/base/str.h src/engine/audit.h src/base/arena.h \
 src/catalog/catalog.h src/catalog/benchmark.h src/base/diag.h \
 src/catalog/precision.h src/catalog/gpu.h src/catalog/model.h \
 src/catalog/power.h src/catalog/price.h src/catalog/site.h \
 src/engine/audit_table.h src/engine/quote.h
src/base/num.h:
src/base/str.h:
src/engine/audit.h:
src/base/arena.h:
src/catalog/catalog.h:
src/catalog/benchmark.h:
src/base/diag.h:
src/catalog/precision.h:
src/catalog/gpu.h:
src/catalog/model.h:
src/catalog/power.h:
src/catalog/price.h:
src/catalog/site.h:
src/engine/audit_table.h:
src/engine/quote.h:
