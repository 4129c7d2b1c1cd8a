/* Vision towers: counted where their shape is known, apart from the decoder. */
#include "read/hf.h"

void hf_read_vision(struct hf *hf) {
    const struct json *tower = json_get(hf->root, "vision_config");
    const struct json *audio = json_get(hf->root, "audio_config");
    hf->model->vision =
        (tower && tower->kind == JSON_OBJECT) || (audio && audio->kind == JSON_OBJECT);
}
