/* Parameter counts of a model, exact, by part. */
#ifndef ENGINE_PARAMETERS_H
#define ENGINE_PARAMETERS_H

#include "catalog/model.h"

struct arena;

struct layer_parameters { /* of one layer of a run */
    uint64_t attention;   /* projections, biases, q/k norms, indexer, sinks, conv, gates */
    uint64_t dense;       /* dense FFN */
    uint64_t expert;      /* ONE routed expert */
    uint64_t experts;     /* all routed experts */
    uint64_t shared;      /* shared experts and their gate */
    uint64_t router;
    uint64_t norms;
    /* Of the above, what is no matrix and never quantised: biases, q/k norms, sinks, convolutions,
       decay vectors. */
    uint64_t vectors;        /* in attention, dense and shared */
    uint64_t expert_vectors; /* in experts */
};

struct parameters {
    uint64_t total;  /* text decoder with embeddings and head, tied head once; no MTP, no vision */
    uint64_t active; /* per token: k experts instead of E, input embedding counted */
    uint64_t active_without_embedding; /* input embedding is a gather: left out unless tied */
    uint64_t embedding, head;          /* head 0 when tied */
    uint64_t attention, dense, experts, shared, router, norms, other;
    uint64_t vectors, expert_vectors; /* as in layer_parameters */
    uint64_t mtp, vision;
};

struct layer_parameters parameters_of_layer(const struct model *model, const struct layer_run *run);
struct parameters parameters_count(const struct model *model);
/* The counts where they are kept; else counted into *room. */
const struct parameters *parameters_in(const struct model *model, struct parameters *room);
/* Keeps both counts with the model, whose shape must not change from then on, and what else many
   ask of it: the bytes of its weights and layers, its KV cache as lines, its shape on the usual
   numbers of GPUs. */
void parameters_keep(struct arena *arena, struct model *model);

/* True when some layer routes its tokens to experts. */
bool parameters_have_experts(const struct model *model);

#endif
