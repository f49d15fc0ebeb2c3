#include "Internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t rest_of(const cc_source *source, size_t room) {
    curl_off_t rest = source->count - source->sent;
    return rest < (curl_off_t)room ? (size_t)rest : room;
}

size_t cc_read(char *target, size_t size, size_t count, void *from) {
    cc_source *source = from;
    size_t wanted = rest_of(source, size * count);
    if (wanted == 0) return 0;
    if (source->bytes) {
        memcpy(target, source->bytes + source->sent, wanted);
        source->sent += (curl_off_t)wanted;
        return wanted;
    }
    ssize_t got;
    do {
        got = pread(source->descriptor, target, wanted, source->first + source->sent);
    } while (got == -1 && errno == EINTR);
    if (got <= 0) return CURL_READFUNC_ABORT;
    source->sent += got;
    return (size_t)got;
}

int cc_seek(void *from, curl_off_t offset, int origin) {
    cc_source *source = from;
    if (origin != SEEK_SET || offset < 0 || offset > source->count) return CURL_SEEKFUNC_FAIL;
    source->sent = offset;
    return CURL_SEEKFUNC_OK;
}

static bool make_room(cc_sink *sink, size_t count) {
    if (sink->capacity - sink->count >= count) return true;
    size_t capacity = sink->capacity ? sink->capacity : 4096;
    while (capacity - sink->count < count) capacity *= 2;
    uint8_t *bytes = realloc(sink->bytes, capacity);
    if (!bytes) return false;
    sink->bytes = bytes;
    sink->capacity = capacity;
    return true;
}

static bool write_all(int descriptor, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written == -1 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes += written;
        count -= (size_t)written;
    }
    return true;
}

size_t cc_write(char *bytes, size_t size, size_t count, void *to) {
    cc_sink *sink = to;
    size_t length = size * count;
    if (length > sink->limit - sink->count) {
        sink->overflows = true;
        return CURL_WRITEFUNC_ERROR;
    }
    if (sink->descriptor >= 0) {
        if (!write_all(sink->descriptor, bytes, length)) return CURL_WRITEFUNC_ERROR;
    } else {
        if (!make_room(sink, length)) return CURL_WRITEFUNC_ERROR;
        memcpy(sink->bytes + sink->count, bytes, length);
    }
    sink->count += length;
    return length;
}

void cc_sink_reset(cc_sink *sink, size_t limit) {
    free(sink->bytes);
    memset(sink, 0, sizeof *sink);
    sink->limit = limit;
    sink->descriptor = -1;
}
