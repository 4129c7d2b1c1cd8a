/* Sellers of tokens are one under all the names that lists give them. */
#include "read/sellers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void names_are_spelt_as_sellers_do(void **state) {
    (void)state;
    static const char *const names[][2] = {
        {"vercel", "Vercel AI Gateway"},
        {"vercel-ai-gateway", "Vercel AI Gateway"},
        {"vercel_ai_gateway", "Vercel AI Gateway"},
        {"cloudflare", "Cloudflare"},
        {"cloudflare-ai-gateway", "Cloudflare AI Gateway"},
        {"together", "Together AI"},
        {"together-ai", "Together AI"},
        {"together_ai", "Together AI"},
        {"bedrock", "Amazon Bedrock"},
        {"bedrock_converse", "Amazon Bedrock"},
        {"azure", "Azure"},
        {"nano-gpt", "NanoGPT"},
        {"nanogpt", "NanoGPT"},
        {"huggingface_ovhcloud", "OVHcloud via Hugging Face"},
        {"huggingface_novita", "Novita AI via Hugging Face"},
        {"huggingface_huggingface_x", "Hugging Face X via Hugging Face"},
        {"vertex-openai", "Google Vertex AI"},
        {"vertex_ai-qwen_models", "Google Vertex AI"},
        {"openai", "OpenAI"},
        {"siliconflow-cn", "SiliconFlow CN"},
        {"moonshotai_cn-", "Moonshot AI CN "},
        {"wandb", "Weights & Biases"},
        {"zai", "Z.ai"},
        {"zz", "Zz"},
        {"z", "Z"},
        {"--x", "  X"},
        {"-ai", " AI"},
        {"Z.ai", "Z.ai"},
        {"Together AI", "Together AI"},
        {"", ""}};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(seller_name(arena, names[i][0]), names[i][1]);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_are_spelt_as_sellers_do)};
    return cmocka_run_group_tests_name("read/sellers", tests, NULL, NULL);
}
