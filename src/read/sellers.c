#include "read/sellers.h"

#include "base/str.h"

#include <stdlib.h>

struct spelling {
    const char *written, *meant;
};

/* Whole names that are more than their words with capitals; in bytewise order. */
static const struct spelling sellers[] = {
    {"alibaba", "Alibaba Cloud"},
    {"amazon-bedrock", "Amazon Bedrock"},
    {"aws", "Amazon Bedrock"},
    {"aws-bedrock", "Amazon Bedrock"},
    {"aws-mantle", "Amazon Bedrock"},
    {"azure-ai-foundry", "Azure"},
    {"azure_ai", "Azure"},
    {"bedrock", "Amazon Bedrock"},
    {"bedrock_converse", "Amazon Bedrock"},
    {"bedrock_mantle", "Amazon Bedrock"},
    {"cloudflare-workers-ai", "Cloudflare"},
    {"cohere_chat", "Cohere"},
    {"dashscope", "Alibaba Cloud"},
    {"fireworks", "Fireworks AI"},
    {"friendli", "FriendliAI"},
    {"gmi", "GMI Cloud"},
    {"google-vertex", "Google Vertex AI"},
    {"inference", "Inference.net"},
    {"inference.net", "Inference.net"},
    {"lambda_ai", "Lambda"},
    {"moonshot", "Moonshot AI"},
    {"moonshot-ai", "Moonshot AI"},
    {"nano-gpt", "NanoGPT"},
    {"novita", "Novita AI"},
    {"oci", "Oracle Cloud"},
    {"snowflake-cortex", "Snowflake"},
    {"stepfun-ai", "StepFun"},
    {"together", "Together AI"},
    {"vercel", "Vercel AI Gateway"},
    {"vertex-openai", "Google Vertex AI"},
    {"wandb", "Weights & Biases"},
    {"watsonx", "IBM watsonx"},
    {"z-ai", "Z.ai"},
    {"zai", "Z.ai"},
};

/* Words of names that are not spelt as any word is; in bytewise order. */
static const struct spelling words[] = {
    {"302ai", "302.AI"},
    {"ai", "AI"},
    {"aihubmix", "AIHubMix"},
    {"bytedance", "ByteDance"},
    {"cn", "CN"},
    {"deepinfra", "DeepInfra"},
    {"deepseek", "DeepSeek"},
    {"digitalocean", "DigitalOcean"},
    {"friendliai", "FriendliAI"},
    {"github", "GitHub"},
    {"gmi", "GMI"},
    {"gmicloud", "GMI Cloud"},
    {"gp", "GP"},
    {"gpt", "GPT"},
    {"hpc", "HPC"},
    {"huggingface", "Hugging Face"},
    {"io", "IO"},
    {"libertai", "LibertAI"},
    {"llmgateway", "LLM Gateway"},
    {"lmstudio", "LM Studio"},
    {"minimax", "MiniMax"},
    {"moonshotai", "Moonshot AI"},
    {"nanogpt", "NanoGPT"},
    {"nearai", "NEAR AI"},
    {"nvidia", "NVIDIA"},
    {"openai", "OpenAI"},
    {"opencode", "OpenCode"},
    {"openrouter", "OpenRouter"},
    {"orcarouter", "OrcaRouter"},
    {"ovhcloud", "OVHcloud"},
    {"runpod", "RunPod"},
    {"sambanova", "SambaNova"},
    {"scx", "SCX"},
    {"siliconflow", "SiliconFlow"},
    {"stackit", "STACKIT"},
    {"stepfun", "StepFun"},
    {"xai", "xAI"},
    {"zenmux", "ZenMux"},
    {"zhipuai", "Zhipu AI"},
};

static int compare(const void *key, const void *item) {
    const struct str *name = key;
    const char *written = ((const struct spelling *)item)->written;
    int order = strncmp(name->p, written, name->n);
    return order ? order : -(written[name->n] != '\0');
}

static const char *meant(struct str name, const struct spelling *table, size_t count) {
    const struct spelling *found = bsearch(&name, table, count, sizeof *table, compare);
    return found ? found->meant : NULL;
}

/* "opencode-go" as "OpenCode Go". */
static const char *titled(struct arena *arena, const char *id) {
    enum { WIDER = 4 }; /* what a spelling adds to a word and its blank, and then some */
    if (strpbrk(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ. "))
        return id;
    char *out = arena_alloc(arena, WIDER * strlen(id) + 1), *at = out;
    while (*id) {
        size_t word = strcspn(id, "-_");
        const char *own = meant((struct str){id, word}, words, sizeof words / sizeof *words);
        size_t n = own ? strlen(own) : word;
        memcpy(at, own ? own : id, n);
        if (!own && n > 0 && *at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
        at += n;
        id += word;
        if (*id)
            *at++ = ' ', id++;
    }
    *at = '\0';
    return out;
}

/* "together_ai" and "together-ai" as "together": the list's own way of telling its keys apart. */
static struct str without_ai(const char *name) {
    static const char *const endings[] = {"-ai-gateway", "_ai_gateway", "-ai", "_ai"};
    struct str base = str_of(name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends(name, endings[i]))
            return (struct str){name, base.n - strlen(endings[i])};
    return base;
}

static const char *direct(struct arena *arena, const char *name) {
    enum { SELLERS = sizeof sellers / sizeof *sellers };
    const char *whole = meant(str_of(name), sellers, SELLERS);
    if (!whole)
        whole = meant(without_ai(name), sellers, SELLERS);
    return whole ? whole : titled(arena, name);
}

const char *seller_name(struct arena *arena, const char *name) {
    static const char through[] = "huggingface_", vertex[] = "vertex_ai";
    if (strncmp(name, through, sizeof through - 1) == 0)
        return arena_printf(arena, "%s via Hugging Face", direct(arena, name + sizeof through - 1));
    if (strncmp(name, vertex, sizeof vertex - 1) == 0)
        return "Google Vertex AI";
    return direct(arena, name);
}
