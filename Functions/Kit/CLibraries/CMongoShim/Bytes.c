#include "Internal.h"

#include <stdlib.h>
#include <string.h>

void cm_bytes_free(cm_bytes bytes) {
    // They may be what was decrypted.
    if (bytes.start) {
        explicit_bzero(bytes.start, bytes.count);
    }
    free(bytes.start);
}

bool cm_read(cm_view view, bson_t *document, cm_error *error) {
    if (view.start && bson_init_static(document, view.start, view.count)) {
        return true;
    }
    bson_init(document);
    cm_fail_invalid(error, "the bytes are not a document");
    return false;
}

bool cm_part(const bson_t *request, const char *name, bson_t *part) {
    bson_iter_t place;
    uint32_t length = 0;
    const uint8_t *data = NULL;
    if (bson_iter_init_find(&place, request, name)) {
        if (BSON_ITER_HOLDS_DOCUMENT(&place)) {
            bson_iter_document(&place, &length, &data);
        } else if (BSON_ITER_HOLDS_ARRAY(&place)) {
            bson_iter_array(&place, &length, &data);
        }
    }
    if (data && bson_init_static(part, data, length)) {
        return true;
    }
    bson_init(part);
    return false;
}

bool cm_flag(const bson_t *request, const char *name) {
    bson_iter_t place;
    return bson_iter_init_find(&place, request, name) && BSON_ITER_HOLDS_BOOL(&place) && bson_iter_bool(&place);
}

bool cm_copy(const uint8_t *start, size_t count, cm_bytes *copy, cm_error *error) {
    copy->start = malloc(count ? count : 1);
    if (!copy->start) {
        cm_fail_invalid(error, "out of memory");
        return false;
    }
    memcpy(copy->start, start, count);
    copy->count = count;
    return true;
}
