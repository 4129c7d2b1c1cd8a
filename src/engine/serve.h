/* Serving: from the time of a step to throughput and latency. Static batches, continuous batching
   with chunked prompts, waves where the KV cache is short, prefix cache, speculative decoding,
   pipeline stages, requests submitted at once, prefill and decode on separate GPUs. */
#ifndef ENGINE_SERVE_H
#define ENGINE_SERVE_H

#include "engine/step.h"

struct serve_case { /* of ONE replica */
    struct step_model model;
    double batch; /* sequences at once */
    double input_tokens, output_tokens;
    double cached_share;   /* of the input found in the prefix cache */
    double chunk_tokens;   /* prompt tokens a step takes at most */
    double held_sequences; /* that the KV cache holds at once; more wait (waves) */
    double pipeline_stages;
    double pipeline_depth; /* prompt chunks in flight at once; 0: no limit */
    double draft_tokens;   /* proposed per step by speculative decoding; 0: off */
    double acceptance;     /* chance that one of them is right */
};

struct serve_result {
    double output_tokens_per_s; /* of the replica */
    double prefill_s;           /* static: of all prompts of the batch; continuous: of one */
    double step_s;              /* mean step that carries decoding sequences */
    double prefill_steps;       /* steps that carry prompt tokens, per batch */
    double ttft_s, tpot_s, request_s;
    double running;                             /* sequences really at once */
    struct step_load prefill_load, decode_load; /* a typical step of each kind */
};

/* What no batch changes of a case that is served continuously. */
struct serve_steady {
    double steps;                          /* that a request decodes for */
    double prompt_steps;                   /* that its prompt takes */
    double fresh_tokens;                   /* of a prompt: not found in the cache */
    double prompt_context, decode_context; /* keys a fresh token and a decoded one see, mean */
};
struct serve_steady serve_steady_of(const struct serve_case *c);

/* One batch starts together and ends together; prompts first (the article's way). _at: at another
   batch than the case's. */
struct serve_result serve_static(const struct serve_case *c);
void serve_static_at(const struct serve_case *c, double batch, struct serve_result *r);
/* Slots are refilled as sequences end: S = ceil(prompts in chunks) steps carry prompt tokens as
   well, the others only decode (Orca, OSDI 2022; Sarathi-Serve, OSDI 2024). */
struct serve_result serve_continuous(const struct serve_case *c);
void serve_continuous_at(const struct serve_case *c, const struct serve_steady *steady,
                         double batch, struct serve_result *r);
/* `requests` submitted at once, the engine keeps `batch` running: ramp, steady state and drain. */
double serve_offline_s(const struct serve_case *c, double requests);
/* Seconds to run `prompts` prompts, nothing decoding. */
double serve_prefill_s(const struct serve_case *c, double prompts);

/* Tokens a verified step yields: (1 - a^(g+1)) / (1 - a). Leviathan et al., arXiv 2211.17192. */
double serve_tokens_per_step(double acceptance, double draft_tokens);
/* Requests per second of x prefill and y decode workers that work apart; the shares of their rate
   that transfers and waiting leave are those of NVIDIA's aiconfigurator: 0.9 and 0.92. */
double serve_disaggregated_rate(double prefill_rate, double prefill_workers, double decode_rate,
                                double decode_workers);

#endif
