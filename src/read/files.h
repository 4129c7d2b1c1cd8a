/* The data files, each read by itself so that several threads can. */
#ifndef READ_FILES_H
#define READ_FILES_H

#include "read/parts.h"

struct data_file;
typedef void file_reader(struct data_file *file);

struct data_file {
    file_reader *read;       /* NULL: there is only something to say */
    struct input in;         /* arena and diags are those of whoever reads it */
    struct catalog *catalog; /* that the GPUs fill themselves */
    bool has_model;
    struct model model;
    struct offer_list offers;
    struct api_price_list api_prices;
    struct benchmark_list benchmarks;
};
file_reader file_read_gpus, file_read_model, file_read_offers, file_read_api_prices,
    file_read_benchmarks;

/* Reads all of them on up to `jobs` threads into `arena`, the items of their lists into `lists`;
   each keeps its diagnostics, which the caller joins in the files' order. Neither depends on the
   number of threads. */
void files_read(struct arena *arena, struct arena *lists, struct data_file *files, size_t count,
                unsigned jobs);

#endif
