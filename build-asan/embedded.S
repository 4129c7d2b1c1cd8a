.section .note.GNU-stack,"",@progbits
.section .rodata
p0: .asciz "assets/README.md"
b0: .incbin "assets/README.md"
e0: .byte 0
p1: .asciz "assets/chart.css"
b1: .incbin "assets/chart.css"
e1: .byte 0
p2: .asciz "assets/find.js"
b2: .incbin "assets/find.js"
e2: .byte 0
p3: .asciz "assets/fonts/LICENCE.txt"
b3: .incbin "assets/fonts/LICENCE.txt"
e3: .byte 0
p4: .asciz "assets/fonts/report-bold.ttf"
b4: .incbin "assets/fonts/report-bold.ttf"
e4: .byte 0
p5: .asciz "assets/fonts/report-regular.ttf"
b5: .incbin "assets/fonts/report-regular.ttf"
e5: .byte 0
p6: .asciz "assets/palette.css"
b6: .incbin "assets/palette.css"
e6: .byte 0
p7: .asciz "assets/script.js"
b7: .incbin "assets/script.js"
e7: .byte 0
p8: .asciz "assets/style.css"
b8: .incbin "assets/style.css"
e8: .byte 0
p9: .asciz "data/README.md"
b9: .incbin "data/README.md"
e9: .byte 0
p10: .asciz "data/aliases/benchmark-sources.csv"
b10: .incbin "data/aliases/benchmark-sources.csv"
e10: .byte 0
p11: .asciz "data/aliases/gpus.csv"
b11: .incbin "data/aliases/gpus.csv"
e11: .byte 0
p12: .asciz "data/aliases/models.csv"
b12: .incbin "data/aliases/models.csv"
e12: .byte 0
p13: .asciz "data/api-prices/genai-prices-2026-08-21.csv"
b13: .incbin "data/api-prices/genai-prices-2026-08-21.csv"
e13: .byte 0
p14: .asciz "data/api-prices/litellm-2026-08-01.csv"
b14: .incbin "data/api-prices/litellm-2026-08-01.csv"
e14: .byte 0
p15: .asciz "data/api-prices/llm-prices-2026-08-05.csv"
b15: .incbin "data/api-prices/llm-prices-2026-08-05.csv"
e15: .byte 0
p16: .asciz "data/api-prices/llmgateway-2026-09-23.csv"
b16: .incbin "data/api-prices/llmgateway-2026-09-23.csv"
e16: .byte 0
p17: .asciz "data/api-prices/models.dev-2026-07-02.csv"
b17: .incbin "data/api-prices/models.dev-2026-07-02.csv"
e17: .byte 0
p18: .asciz "data/api-prices/openrouter-2026-08-01.csv"
b18: .incbin "data/api-prices/openrouter-2026-08-01.csv"
e18: .byte 0
p19: .asciz "data/api-prices/pi-ai-2026-11-10.csv"
b19: .incbin "data/api-prices/pi-ai-2026-11-10.csv"
e19: .byte 0
p20: .asciz "data/benchmarks/aiconfigurator.jsonl"
b20: .incbin "data/benchmarks/aiconfigurator.jsonl"
e20: .byte 0
p21: .asciz "data/benchmarks/article-2025.jsonl"
b21: .incbin "data/benchmarks/article-2025.jsonl"
e21: .byte 0
p22: .asciz "data/benchmarks/gpu-benchmarks-on-llm-inference.jsonl"
b22: .incbin "data/benchmarks/gpu-benchmarks-on-llm-inference.jsonl"
e22: .byte 0
p23: .asciz "data/benchmarks/llm-inference-bench.jsonl"
b23: .incbin "data/benchmarks/llm-inference-bench.jsonl"
e23: .byte 0
p24: .asciz "data/benchmarks/rocm-vllm.jsonl"
b24: .incbin "data/benchmarks/rocm-vllm.jsonl"
e24: .byte 0
p25: .asciz "data/benchmarks/tensorrt-llm-0.17.jsonl"
b25: .incbin "data/benchmarks/tensorrt-llm-0.17.jsonl"
e25: .byte 0
p26: .asciz "data/benchmarks/tensorrt-llm-0.9.jsonl"
b26: .incbin "data/benchmarks/tensorrt-llm-0.9.jsonl"
e26: .byte 0
p27: .asciz "data/calibration/llama.cpp.json"
b27: .incbin "data/calibration/llama.cpp.json"
e27: .byte 0
p28: .asciz "data/calibration/sglang.json"
b28: .incbin "data/calibration/sglang.json"
e28: .byte 0
p29: .asciz "data/calibration/tensorrt-llm.json"
b29: .incbin "data/calibration/tensorrt-llm.json"
e29: .byte 0
p30: .asciz "data/calibration/vllm.json"
b30: .incbin "data/calibration/vllm.json"
e30: .byte 0
p31: .asciz "data/gpus.json"
b31: .incbin "data/gpus.json"
e31: .byte 0
p32: .asciz "data/models/aya-23-8b.json"
b32: .incbin "data/models/aya-23-8b.json"
e32: .byte 0
p33: .asciz "data/models/baichuan2-7b.json"
b33: .incbin "data/models/baichuan2-7b.json"
e33: .byte 0
p34: .asciz "data/models/chatglm3-6b.json"
b34: .incbin "data/models/chatglm3-6b.json"
e34: .byte 0
p35: .asciz "data/models/codellama-34b.json"
b35: .incbin "data/models/codellama-34b.json"
e35: .byte 0
p36: .asciz "data/models/command-r-08-2024.json"
b36: .incbin "data/models/command-r-08-2024.json"
e36: .byte 0
p37: .asciz "data/models/command-r-35b.json"
b37: .incbin "data/models/command-r-35b.json"
e37: .byte 0
p38: .asciz "data/models/command-r-plus.json"
b38: .incbin "data/models/command-r-plus.json"
e38: .byte 0
p39: .asciz "data/models/dbrx.json"
b39: .incbin "data/models/dbrx.json"
e39: .byte 0
p40: .asciz "data/models/deepseek-moe-16b.json"
b40: .incbin "data/models/deepseek-moe-16b.json"
e40: .byte 0
p41: .asciz "data/models/deepseek-r1.json"
b41: .incbin "data/models/deepseek-r1.json"
e41: .byte 0
p42: .asciz "data/models/deepseek-v2-lite.json"
b42: .incbin "data/models/deepseek-v2-lite.json"
e42: .byte 0
p43: .asciz "data/models/deepseek-v2.json"
b43: .incbin "data/models/deepseek-v2.json"
e43: .byte 0
p44: .asciz "data/models/deepseek-v3.1.json"
b44: .incbin "data/models/deepseek-v3.1.json"
e44: .byte 0
p45: .asciz "data/models/deepseek-v3.2.json"
b45: .incbin "data/models/deepseek-v3.2.json"
e45: .byte 0
p46: .asciz "data/models/deepseek-v3.json"
b46: .incbin "data/models/deepseek-v3.json"
e46: .byte 0
p47: .asciz "data/models/deepseek-v4-flash.json"
b47: .incbin "data/models/deepseek-v4-flash.json"
e47: .byte 0
p48: .asciz "data/models/deepseek-v4-pro.json"
b48: .incbin "data/models/deepseek-v4-pro.json"
e48: .byte 0
p49: .asciz "data/models/devstral-2-123b.json"
b49: .incbin "data/models/devstral-2-123b.json"
e49: .byte 0
p50: .asciz "data/models/exaone-4.0-32b.json"
b50: .incbin "data/models/exaone-4.0-32b.json"
e50: .byte 0
p51: .asciz "data/models/falcon-180b.json"
b51: .incbin "data/models/falcon-180b.json"
e51: .byte 0
p52: .asciz "data/models/falcon-40b.json"
b52: .incbin "data/models/falcon-40b.json"
e52: .byte 0
p53: .asciz "data/models/falcon-7b.json"
b53: .incbin "data/models/falcon-7b.json"
e53: .byte 0
p54: .asciz "data/models/gemma-2-27b.json"
b54: .incbin "data/models/gemma-2-27b.json"
e54: .byte 0
p55: .asciz "data/models/gemma-2-2b.json"
b55: .incbin "data/models/gemma-2-2b.json"
e55: .byte 0
p56: .asciz "data/models/gemma-2-9b.json"
b56: .incbin "data/models/gemma-2-9b.json"
e56: .byte 0
p57: .asciz "data/models/gemma-2b.json"
b57: .incbin "data/models/gemma-2b.json"
e57: .byte 0
p58: .asciz "data/models/gemma-3-12b.json"
b58: .incbin "data/models/gemma-3-12b.json"
e58: .byte 0
p59: .asciz "data/models/gemma-3-1b.json"
b59: .incbin "data/models/gemma-3-1b.json"
e59: .byte 0
p60: .asciz "data/models/gemma-3-27b.json"
b60: .incbin "data/models/gemma-3-27b.json"
e60: .byte 0
p61: .asciz "data/models/gemma-3-4b.json"
b61: .incbin "data/models/gemma-3-4b.json"
e61: .byte 0
p62: .asciz "data/models/gemma-4-26b-a4b.json"
b62: .incbin "data/models/gemma-4-26b-a4b.json"
e62: .byte 0
p63: .asciz "data/models/gemma-4-31b.json"
b63: .incbin "data/models/gemma-4-31b.json"
e63: .byte 0
p64: .asciz "data/models/gemma-4-e2b.json"
b64: .incbin "data/models/gemma-4-e2b.json"
e64: .byte 0
p65: .asciz "data/models/gemma-4-e4b.json"
b65: .incbin "data/models/gemma-4-e4b.json"
e65: .byte 0
p66: .asciz "data/models/gemma-7b.json"
b66: .incbin "data/models/gemma-7b.json"
e66: .byte 0
p67: .asciz "data/models/glm-4-9b.json"
b67: .incbin "data/models/glm-4-9b.json"
e67: .byte 0
p68: .asciz "data/models/glm-4.5-air.json"
b68: .incbin "data/models/glm-4.5-air.json"
e68: .byte 0
p69: .asciz "data/models/glm-4.5.json"
b69: .incbin "data/models/glm-4.5.json"
e69: .byte 0
p70: .asciz "data/models/glm-4.6.json"
b70: .incbin "data/models/glm-4.6.json"
e70: .byte 0
p71: .asciz "data/models/glm-5.1.json"
b71: .incbin "data/models/glm-5.1.json"
e71: .byte 0
p72: .asciz "data/models/glm-5.2.json"
b72: .incbin "data/models/glm-5.2.json"
e72: .byte 0
p73: .asciz "data/models/glm-5.json"
b73: .incbin "data/models/glm-5.json"
e73: .byte 0
p74: .asciz "data/models/gpt-j-6b.json"
b74: .incbin "data/models/gpt-j-6b.json"
e74: .byte 0
p75: .asciz "data/models/gpt-oss-120b.json"
b75: .incbin "data/models/gpt-oss-120b.json"
e75: .byte 0
p76: .asciz "data/models/gpt-oss-20b.json"
b76: .incbin "data/models/gpt-oss-20b.json"
e76: .byte 0
p77: .asciz "data/models/granite-3.3-8b.json"
b77: .incbin "data/models/granite-3.3-8b.json"
e77: .byte 0
p78: .asciz "data/models/granite-4.1-30b.json"
b78: .incbin "data/models/granite-4.1-30b.json"
e78: .byte 0
p79: .asciz "data/models/internlm2.5-7b.json"
b79: .incbin "data/models/internlm2.5-7b.json"
e79: .byte 0
p80: .asciz "data/models/kimi-k2.5.json"
b80: .incbin "data/models/kimi-k2.5.json"
e80: .byte 0
p81: .asciz "data/models/kimi-k2.6.json"
b81: .incbin "data/models/kimi-k2.6.json"
e81: .byte 0
p82: .asciz "data/models/kimi-k2.7-code.json"
b82: .incbin "data/models/kimi-k2.7-code.json"
e82: .byte 0
p83: .asciz "data/models/kimi-k2.json"
b83: .incbin "data/models/kimi-k2.json"
e83: .byte 0
p84: .asciz "data/models/kimi-k3.json"
b84: .incbin "data/models/kimi-k3.json"
e84: .byte 0
p85: .asciz "data/models/llama-2-13b.json"
b85: .incbin "data/models/llama-2-13b.json"
e85: .byte 0
p86: .asciz "data/models/llama-2-70b.json"
b86: .incbin "data/models/llama-2-70b.json"
e86: .byte 0
p87: .asciz "data/models/llama-2-7b.json"
b87: .incbin "data/models/llama-2-7b.json"
e87: .byte 0
p88: .asciz "data/models/llama-3-70b.json"
b88: .incbin "data/models/llama-3-70b.json"
e88: .byte 0
p89: .asciz "data/models/llama-3-8b.json"
b89: .incbin "data/models/llama-3-8b.json"
e89: .byte 0
p90: .asciz "data/models/llama-3.1-405b.json"
b90: .incbin "data/models/llama-3.1-405b.json"
e90: .byte 0
p91: .asciz "data/models/llama-3.1-70b.json"
b91: .incbin "data/models/llama-3.1-70b.json"
e91: .byte 0
p92: .asciz "data/models/llama-3.1-8b.json"
b92: .incbin "data/models/llama-3.1-8b.json"
e92: .byte 0
p93: .asciz "data/models/llama-3.2-11b-vision.json"
b93: .incbin "data/models/llama-3.2-11b-vision.json"
e93: .byte 0
p94: .asciz "data/models/llama-3.2-1b.json"
b94: .incbin "data/models/llama-3.2-1b.json"
e94: .byte 0
p95: .asciz "data/models/llama-3.2-3b.json"
b95: .incbin "data/models/llama-3.2-3b.json"
e95: .byte 0
p96: .asciz "data/models/llama-3.2-90b-vision.json"
b96: .incbin "data/models/llama-3.2-90b-vision.json"
e96: .byte 0
p97: .asciz "data/models/llama-3.3-70b.json"
b97: .incbin "data/models/llama-3.3-70b.json"
e97: .byte 0
p98: .asciz "data/models/llama-3.3-nemotron-super-49b.json"
b98: .incbin "data/models/llama-3.3-nemotron-super-49b.json"
e98: .byte 0
p99: .asciz "data/models/llama-4-maverick.json"
b99: .incbin "data/models/llama-4-maverick.json"
e99: .byte 0
p100: .asciz "data/models/llama-4-scout.json"
b100: .incbin "data/models/llama-4-scout.json"
e100: .byte 0
p101: .asciz "data/models/mimo-7b.json"
b101: .incbin "data/models/mimo-7b.json"
e101: .byte 0
p102: .asciz "data/models/mimo-v2-flash.json"
b102: .incbin "data/models/mimo-v2-flash.json"
e102: .byte 0
p103: .asciz "data/models/minicpm3-4b.json"
b103: .incbin "data/models/minicpm3-4b.json"
e103: .byte 0
p104: .asciz "data/models/minimax-m2.5.json"
b104: .incbin "data/models/minimax-m2.5.json"
e104: .byte 0
p105: .asciz "data/models/minimax-m2.7.json"
b105: .incbin "data/models/minimax-m2.7.json"
e105: .byte 0
p106: .asciz "data/models/minimax-m2.json"
b106: .incbin "data/models/minimax-m2.json"
e106: .byte 0
p107: .asciz "data/models/minimax-m3.json"
b107: .incbin "data/models/minimax-m3.json"
e107: .byte 0
p108: .asciz "data/models/ministral-3-3b.json"
b108: .incbin "data/models/ministral-3-3b.json"
e108: .byte 0
p109: .asciz "data/models/mistral-7b-v0.1.json"
b109: .incbin "data/models/mistral-7b-v0.1.json"
e109: .byte 0
p110: .asciz "data/models/mistral-7b-v0.2.json"
b110: .incbin "data/models/mistral-7b-v0.2.json"
e110: .byte 0
p111: .asciz "data/models/mistral-7b.json"
b111: .incbin "data/models/mistral-7b.json"
e111: .byte 0
p112: .asciz "data/models/mistral-large-2407.json"
b112: .incbin "data/models/mistral-large-2407.json"
e112: .byte 0
p113: .asciz "data/models/mistral-medium-3.5.json"
b113: .incbin "data/models/mistral-medium-3.5.json"
e113: .byte 0
p114: .asciz "data/models/mistral-small-3.2-24b.json"
b114: .incbin "data/models/mistral-small-3.2-24b.json"
e114: .byte 0
p115: .asciz "data/models/mixtral-8x22b.json"
b115: .incbin "data/models/mixtral-8x22b.json"
e115: .byte 0
p116: .asciz "data/models/mixtral-8x7b.json"
b116: .incbin "data/models/mixtral-8x7b.json"
e116: .byte 0
p117: .asciz "data/models/moonlight-16b-a3b.json"
b117: .incbin "data/models/moonlight-16b-a3b.json"
e117: .byte 0
p118: .asciz "data/models/nemotron-3-nano-30b-a3b.json"
b118: .incbin "data/models/nemotron-3-nano-30b-a3b.json"
e118: .byte 0
p119: .asciz "data/models/nemotron-3-super-120b-a12b.json"
b119: .incbin "data/models/nemotron-3-super-120b-a12b.json"
e119: .byte 0
p120: .asciz "data/models/nemotron-3-ultra-550b-a55b.json"
b120: .incbin "data/models/nemotron-3-ultra-550b-a55b.json"
e120: .byte 0
p121: .asciz "data/models/nemotron-3.5-lightning-30b-a3b.json"
b121: .incbin "data/models/nemotron-3.5-lightning-30b-a3b.json"
e121: .byte 0
p122: .asciz "data/models/nemotron-h-56b.json"
b122: .incbin "data/models/nemotron-h-56b.json"
e122: .byte 0
p123: .asciz "data/models/olmo-2-13b.json"
b123: .incbin "data/models/olmo-2-13b.json"
e123: .byte 0
p124: .asciz "data/models/olmo-2-32b.json"
b124: .incbin "data/models/olmo-2-32b.json"
e124: .byte 0
p125: .asciz "data/models/olmo-2-7b.json"
b125: .incbin "data/models/olmo-2-7b.json"
e125: .byte 0
p126: .asciz "data/models/olmo-3-7b.json"
b126: .incbin "data/models/olmo-3-7b.json"
e126: .byte 0
p127: .asciz "data/models/olmo-7b.json"
b127: .incbin "data/models/olmo-7b.json"
e127: .byte 0
p128: .asciz "data/models/orion-14b.json"
b128: .incbin "data/models/orion-14b.json"
e128: .byte 0
p129: .asciz "data/models/phi-1.5.json"
b129: .incbin "data/models/phi-1.5.json"
e129: .byte 0
p130: .asciz "data/models/phi-2.json"
b130: .incbin "data/models/phi-2.json"
e130: .byte 0
p131: .asciz "data/models/phi-3-mini-128k.json"
b131: .incbin "data/models/phi-3-mini-128k.json"
e131: .byte 0
p132: .asciz "data/models/phi-3-mini-4k.json"
b132: .incbin "data/models/phi-3-mini-4k.json"
e132: .byte 0
p133: .asciz "data/models/phi-3-small.json"
b133: .incbin "data/models/phi-3-small.json"
e133: .byte 0
p134: .asciz "data/models/phi-3.5-mini.json"
b134: .incbin "data/models/phi-3.5-mini.json"
e134: .byte 0
p135: .asciz "data/models/phi-3.5-moe.json"
b135: .incbin "data/models/phi-3.5-moe.json"
e135: .byte 0
p136: .asciz "data/models/phi-4-mini.json"
b136: .incbin "data/models/phi-4-mini.json"
e136: .byte 0
p137: .asciz "data/models/qwen-7b.json"
b137: .incbin "data/models/qwen-7b.json"
e137: .byte 0
p138: .asciz "data/models/qwen1.5-moe-a2.7b.json"
b138: .incbin "data/models/qwen1.5-moe-a2.7b.json"
e138: .byte 0
p139: .asciz "data/models/qwen2-72b.json"
b139: .incbin "data/models/qwen2-72b.json"
e139: .byte 0
p140: .asciz "data/models/qwen2-7b.json"
b140: .incbin "data/models/qwen2-7b.json"
e140: .byte 0
p141: .asciz "data/models/qwen2.5-0.5b.json"
b141: .incbin "data/models/qwen2.5-0.5b.json"
e141: .byte 0
p142: .asciz "data/models/qwen2.5-1.5b.json"
b142: .incbin "data/models/qwen2.5-1.5b.json"
e142: .byte 0
p143: .asciz "data/models/qwen2.5-32b.json"
b143: .incbin "data/models/qwen2.5-32b.json"
e143: .byte 0
p144: .asciz "data/models/qwen2.5-72b.json"
b144: .incbin "data/models/qwen2.5-72b.json"
e144: .byte 0
p145: .asciz "data/models/qwen2.5-7b.json"
b145: .incbin "data/models/qwen2.5-7b.json"
e145: .byte 0
p146: .asciz "data/models/qwen2.5-vl-7b.json"
b146: .incbin "data/models/qwen2.5-vl-7b.json"
e146: .byte 0
p147: .asciz "data/models/qwen3-0.6b.json"
b147: .incbin "data/models/qwen3-0.6b.json"
e147: .byte 0
p148: .asciz "data/models/qwen3-1.7b.json"
b148: .incbin "data/models/qwen3-1.7b.json"
e148: .byte 0
p149: .asciz "data/models/qwen3-14b.json"
b149: .incbin "data/models/qwen3-14b.json"
e149: .byte 0
p150: .asciz "data/models/qwen3-235b-a22b.json"
b150: .incbin "data/models/qwen3-235b-a22b.json"
e150: .byte 0
p151: .asciz "data/models/qwen3-30b-a3b.json"
b151: .incbin "data/models/qwen3-30b-a3b.json"
e151: .byte 0
p152: .asciz "data/models/qwen3-32b.json"
b152: .incbin "data/models/qwen3-32b.json"
e152: .byte 0
p153: .asciz "data/models/qwen3-8b.json"
b153: .incbin "data/models/qwen3-8b.json"
e153: .byte 0
p154: .asciz "data/models/qwen3-next-80b-a3b.json"
b154: .incbin "data/models/qwen3-next-80b-a3b.json"
e154: .byte 0
p155: .asciz "data/models/qwen3-vl-235b-a22b.json"
b155: .incbin "data/models/qwen3-vl-235b-a22b.json"
e155: .byte 0
p156: .asciz "data/models/qwen3-vl-30b-a3b.json"
b156: .incbin "data/models/qwen3-vl-30b-a3b.json"
e156: .byte 0
p157: .asciz "data/models/qwen3-vl-32b.json"
b157: .incbin "data/models/qwen3-vl-32b.json"
e157: .byte 0
p158: .asciz "data/models/qwen3-vl-4b.json"
b158: .incbin "data/models/qwen3-vl-4b.json"
e158: .byte 0
p159: .asciz "data/models/qwen3-vl-8b.json"
b159: .incbin "data/models/qwen3-vl-8b.json"
e159: .byte 0
p160: .asciz "data/models/qwen3.5-122b-a10b.json"
b160: .incbin "data/models/qwen3.5-122b-a10b.json"
e160: .byte 0
p161: .asciz "data/models/qwen3.5-27b.json"
b161: .incbin "data/models/qwen3.5-27b.json"
e161: .byte 0
p162: .asciz "data/models/qwen3.5-35b-a3b.json"
b162: .incbin "data/models/qwen3.5-35b-a3b.json"
e162: .byte 0
p163: .asciz "data/models/qwen3.5-397b-a17b.json"
b163: .incbin "data/models/qwen3.5-397b-a17b.json"
e163: .byte 0
p164: .asciz "data/models/qwen3.5-9b.json"
b164: .incbin "data/models/qwen3.5-9b.json"
e164: .byte 0
p165: .asciz "data/models/qwen3.6-27b.json"
b165: .incbin "data/models/qwen3.6-27b.json"
e165: .byte 0
p166: .asciz "data/models/qwen3.6-35b-a3b.json"
b166: .incbin "data/models/qwen3.6-35b-a3b.json"
e166: .byte 0
p167: .asciz "data/models/qwen3.8-2.4t-a95b.json"
b167: .incbin "data/models/qwen3.8-2.4t-a95b.json"
e167: .byte 0
p168: .asciz "data/models/smollm-1.7b.json"
b168: .incbin "data/models/smollm-1.7b.json"
e168: .byte 0
p169: .asciz "data/models/smollm2-1.7b.json"
b169: .incbin "data/models/smollm2-1.7b.json"
e169: .byte 0
p170: .asciz "data/models/stablelm-3b.json"
b170: .incbin "data/models/stablelm-3b.json"
e170: .byte 0
p171: .asciz "data/models/starcoder2-7b.json"
b171: .incbin "data/models/starcoder2-7b.json"
e171: .byte 0
p172: .asciz "data/models/step-3.7-flash.json"
b172: .incbin "data/models/step-3.7-flash.json"
e172: .byte 0
p173: .asciz "data/models/tinyllama-1.1b.json"
b173: .incbin "data/models/tinyllama-1.1b.json"
e173: .byte 0
p174: .asciz "data/models/vicuna-13b.json"
b174: .incbin "data/models/vicuna-13b.json"
e174: .byte 0
p175: .asciz "data/models/vicuna-33b.json"
b175: .incbin "data/models/vicuna-33b.json"
e175: .byte 0
p176: .asciz "data/models/vicuna-7b.json"
b176: .incbin "data/models/vicuna-7b.json"
e176: .byte 0
p177: .asciz "data/models/xverse-7b.json"
b177: .incbin "data/models/xverse-7b.json"
e177: .byte 0
p178: .asciz "data/models/yi-34b.json"
b178: .incbin "data/models/yi-34b.json"
e178: .byte 0
p179: .asciz "data/power.json"
b179: .incbin "data/power.json"
e179: .byte 0
p180: .asciz "data/prices/history-2023-2026.csv"
b180: .incbin "data/prices/history-2023-2026.csv"
e180: .byte 0
p181: .asciz "data/prices/offers-2026.csv"
b181: .incbin "data/prices/offers-2026.csv"
e181: .byte 0
p182: .asciz "data/prices/older-2023-2025.csv"
b182: .incbin "data/prices/older-2023-2025.csv"
e182: .byte 0
p183: .asciz "data/prices/tpu-2024.csv"
b183: .incbin "data/prices/tpu-2024.csv"
e183: .byte 0
p184: .asciz "data/site.json"
b184: .incbin "data/site.json"
e184: .byte 0
p185: .asciz "templates/404.mustache"
b185: .incbin "templates/404.mustache"
e185: .byte 0
p186: .asciz "templates/crumbs.mustache"
b186: .incbin "templates/crumbs.mustache"
e186: .byte 0
p187: .asciz "templates/foot.mustache"
b187: .incbin "templates/foot.mustache"
e187: .byte 0
p188: .asciz "templates/head.mustache"
b188: .incbin "templates/head.mustache"
e188: .byte 0
p189: .asciz "templates/index.mustache"
b189: .incbin "templates/index.mustache"
e189: .byte 0
p190: .asciz "templates/nav.mustache"
b190: .incbin "templates/nav.mustache"
e190: .byte 0
p191: .asciz "templates/page.mustache"
b191: .incbin "templates/page.mustache"
e191: .byte 0
p192: .asciz "templates/prose/energy_method.md"
b192: .incbin "templates/prose/energy_method.md"
e192: .byte 0
p193: .asciz "templates/prose/method.md"
b193: .incbin "templates/prose/method.md"
e193: .byte 0
p194: .asciz "templates/prose/recommend_method.md"
b194: .incbin "templates/prose/recommend_method.md"
e194: .byte 0
p195: .asciz "templates/prose/training_method.md"
b195: .incbin "templates/prose/training_method.md"
e195: .byte 0
p196: .asciz "templates/report.mustache"
b196: .incbin "templates/report.mustache"
e196: .byte 0
.section .data.rel.ro,"aw"
.balign 8
.globl embedded_files
embedded_files:
.quad p0, b0, e0 - b0
.quad p1, b1, e1 - b1
.quad p2, b2, e2 - b2
.quad p3, b3, e3 - b3
.quad p4, b4, e4 - b4
.quad p5, b5, e5 - b5
.quad p6, b6, e6 - b6
.quad p7, b7, e7 - b7
.quad p8, b8, e8 - b8
.quad p9, b9, e9 - b9
.quad p10, b10, e10 - b10
.quad p11, b11, e11 - b11
.quad p12, b12, e12 - b12
.quad p13, b13, e13 - b13
.quad p14, b14, e14 - b14
.quad p15, b15, e15 - b15
.quad p16, b16, e16 - b16
.quad p17, b17, e17 - b17
.quad p18, b18, e18 - b18
.quad p19, b19, e19 - b19
.quad p20, b20, e20 - b20
.quad p21, b21, e21 - b21
.quad p22, b22, e22 - b22
.quad p23, b23, e23 - b23
.quad p24, b24, e24 - b24
.quad p25, b25, e25 - b25
.quad p26, b26, e26 - b26
.quad p27, b27, e27 - b27
.quad p28, b28, e28 - b28
.quad p29, b29, e29 - b29
.quad p30, b30, e30 - b30
.quad p31, b31, e31 - b31
.quad p32, b32, e32 - b32
.quad p33, b33, e33 - b33
.quad p34, b34, e34 - b34
.quad p35, b35, e35 - b35
.quad p36, b36, e36 - b36
.quad p37, b37, e37 - b37
.quad p38, b38, e38 - b38
.quad p39, b39, e39 - b39
.quad p40, b40, e40 - b40
.quad p41, b41, e41 - b41
.quad p42, b42, e42 - b42
.quad p43, b43, e43 - b43
.quad p44, b44, e44 - b44
.quad p45, b45, e45 - b45
.quad p46, b46, e46 - b46
.quad p47, b47, e47 - b47
.quad p48, b48, e48 - b48
.quad p49, b49, e49 - b49
.quad p50, b50, e50 - b50
.quad p51, b51, e51 - b51
.quad p52, b52, e52 - b52
.quad p53, b53, e53 - b53
.quad p54, b54, e54 - b54
.quad p55, b55, e55 - b55
.quad p56, b56, e56 - b56
.quad p57, b57, e57 - b57
.quad p58, b58, e58 - b58
.quad p59, b59, e59 - b59
.quad p60, b60, e60 - b60
.quad p61, b61, e61 - b61
.quad p62, b62, e62 - b62
.quad p63, b63, e63 - b63
.quad p64, b64, e64 - b64
.quad p65, b65, e65 - b65
.quad p66, b66, e66 - b66
.quad p67, b67, e67 - b67
.quad p68, b68, e68 - b68
.quad p69, b69, e69 - b69
.quad p70, b70, e70 - b70
.quad p71, b71, e71 - b71
.quad p72, b72, e72 - b72
.quad p73, b73, e73 - b73
.quad p74, b74, e74 - b74
.quad p75, b75, e75 - b75
.quad p76, b76, e76 - b76
.quad p77, b77, e77 - b77
.quad p78, b78, e78 - b78
.quad p79, b79, e79 - b79
.quad p80, b80, e80 - b80
.quad p81, b81, e81 - b81
.quad p82, b82, e82 - b82
.quad p83, b83, e83 - b83
.quad p84, b84, e84 - b84
.quad p85, b85, e85 - b85
.quad p86, b86, e86 - b86
.quad p87, b87, e87 - b87
.quad p88, b88, e88 - b88
.quad p89, b89, e89 - b89
.quad p90, b90, e90 - b90
.quad p91, b91, e91 - b91
.quad p92, b92, e92 - b92
.quad p93, b93, e93 - b93
.quad p94, b94, e94 - b94
.quad p95, b95, e95 - b95
.quad p96, b96, e96 - b96
.quad p97, b97, e97 - b97
.quad p98, b98, e98 - b98
.quad p99, b99, e99 - b99
.quad p100, b100, e100 - b100
.quad p101, b101, e101 - b101
.quad p102, b102, e102 - b102
.quad p103, b103, e103 - b103
.quad p104, b104, e104 - b104
.quad p105, b105, e105 - b105
.quad p106, b106, e106 - b106
.quad p107, b107, e107 - b107
.quad p108, b108, e108 - b108
.quad p109, b109, e109 - b109
.quad p110, b110, e110 - b110
.quad p111, b111, e111 - b111
.quad p112, b112, e112 - b112
.quad p113, b113, e113 - b113
.quad p114, b114, e114 - b114
.quad p115, b115, e115 - b115
.quad p116, b116, e116 - b116
.quad p117, b117, e117 - b117
.quad p118, b118, e118 - b118
.quad p119, b119, e119 - b119
.quad p120, b120, e120 - b120
.quad p121, b121, e121 - b121
.quad p122, b122, e122 - b122
.quad p123, b123, e123 - b123
.quad p124, b124, e124 - b124
.quad p125, b125, e125 - b125
.quad p126, b126, e126 - b126
.quad p127, b127, e127 - b127
.quad p128, b128, e128 - b128
.quad p129, b129, e129 - b129
.quad p130, b130, e130 - b130
.quad p131, b131, e131 - b131
.quad p132, b132, e132 - b132
.quad p133, b133, e133 - b133
.quad p134, b134, e134 - b134
.quad p135, b135, e135 - b135
.quad p136, b136, e136 - b136
.quad p137, b137, e137 - b137
.quad p138, b138, e138 - b138
.quad p139, b139, e139 - b139
.quad p140, b140, e140 - b140
.quad p141, b141, e141 - b141
.quad p142, b142, e142 - b142
.quad p143, b143, e143 - b143
.quad p144, b144, e144 - b144
.quad p145, b145, e145 - b145
.quad p146, b146, e146 - b146
.quad p147, b147, e147 - b147
.quad p148, b148, e148 - b148
.quad p149, b149, e149 - b149
.quad p150, b150, e150 - b150
.quad p151, b151, e151 - b151
.quad p152, b152, e152 - b152
.quad p153, b153, e153 - b153
.quad p154, b154, e154 - b154
.quad p155, b155, e155 - b155
.quad p156, b156, e156 - b156
.quad p157, b157, e157 - b157
.quad p158, b158, e158 - b158
.quad p159, b159, e159 - b159
.quad p160, b160, e160 - b160
.quad p161, b161, e161 - b161
.quad p162, b162, e162 - b162
.quad p163, b163, e163 - b163
.quad p164, b164, e164 - b164
.quad p165, b165, e165 - b165
.quad p166, b166, e166 - b166
.quad p167, b167, e167 - b167
.quad p168, b168, e168 - b168
.quad p169, b169, e169 - b169
.quad p170, b170, e170 - b170
.quad p171, b171, e171 - b171
.quad p172, b172, e172 - b172
.quad p173, b173, e173 - b173
.quad p174, b174, e174 - b174
.quad p175, b175, e175 - b175
.quad p176, b176, e176 - b176
.quad p177, b177, e177 - b177
.quad p178, b178, e178 - b178
.quad p179, b179, e179 - b179
.quad p180, b180, e180 - b180
.quad p181, b181, e181 - b181
.quad p182, b182, e182 - b182
.quad p183, b183, e183 - b183
.quad p184, b184, e184 - b184
.quad p185, b185, e185 - b185
.quad p186, b186, e186 - b186
.quad p187, b187, e187 - b187
.quad p188, b188, e188 - b188
.quad p189, b189, e189 - b189
.quad p190, b190, e190 - b190
.quad p191, b191, e191 - b191
.quad p192, b192, e192 - b192
.quad p193, b193, e193 - b193
.quad p194, b194, e194 - b194
.quad p195, b195, e195 - b195
.quad p196, b196, e196 - b196
.section .rodata
.balign 8
.globl embedded_file_count
embedded_file_count: .quad 197
