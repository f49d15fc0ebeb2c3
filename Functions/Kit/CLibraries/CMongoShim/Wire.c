#include "Internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The driver looks for a server, copies all that it knows of it and starts a session for each command, and has one
// command on its way at a time. Over a wire it connects and proves who is calling; after that nothing but the wire's own
// messages (OP_MSG) goes over the connection, any number of them behind one another.

enum { MESSAGE_OP = 2013, HEADER_SIZE = 16, LEAD_SIZE = 5, LONGEST_MESSAGE = 48000000, SMALLEST_DOCUMENT = 5 };

/// The driver's way to connect, which its library has though its headers do not; NULL in a library without it.
extern mongoc_stream_t *mongoc_client_default_stream_initiator(
    const mongoc_uri_t *uri, const mongoc_host_list_t *host, void *client, bson_error_t *error)
    __attribute__((weak));

struct cm_wire {
    cm_client *client;
    /// Called no more once it is connected, so that the stream stays what it is.
    mongoc_client_t *driver;
    /// The latest that was made, which is the one in use as long as all lead to the same server.
    mongoc_stream_t *stream;
    char server[BSON_HOST_NAME_MAX + 8];
    bool has_others;
    int32_t patience;
    int32_t latest_request;
    uint8_t *buffer;
    size_t capacity;
};

static mongoc_stream_t *connect_one(
    const mongoc_uri_t *uri, const mongoc_host_list_t *host, void *context, bson_error_t *error) {
    cm_wire *wire = context;
    wire->stream = mongoc_client_default_stream_initiator(uri, host, wire->driver, error);
    wire->has_others |= wire->server[0] && strcmp(wire->server, host->host_and_port) != 0;
    snprintf(wire->server, sizeof wire->server, "%s", host->host_and_port);
    return wire->stream;
}

void cm_wire_free(cm_wire *wire) {
    if (wire) {
        mongoc_client_destroy(wire->driver);
        free(wire->buffer);
        free(wire);
    }
}

/// One opening, for all its attempts.
typedef struct {
    cm_client *client;
    cm_link *link;
    cm_wire *made;
} opening;

static bool open_once(void *context, cm_error *error) {
    opening *it = context;
    // A driver that has met a server that hangs is replaced first: as long as it is there, nothing is waited for.
    cm_driver(it->client);
    cm_wire *wire = calloc(1, sizeof *wire);
    wire->client = it->client;
    wire->patience = mongoc_uri_get_option_as_int32(it->client->uri, MONGOC_URI_SOCKETTIMEOUTMS, 0);
    wire->driver = cm_new_driver(it->client);
    bson_error_t cause = {0};
    if (wire->driver) {
        mongoc_client_set_stream_initiator(wire->driver, connect_one, wire);
    }
    if (!wire->driver || !cm_link_name(wire->driver, 0, it->link, &cause)) {
        cm_wire_free(wire);
        cm_fail(it->client, &cause, NULL, error);
        return false;
    }
    // Of connections to several servers it is not known which is which.
    if (wire->stream && !wire->has_others && it->link->is_known) {
        it->made = wire;
    } else {
        cm_wire_free(wire);
    }
    return true;
}

bool cm_wire_open(cm_client *client, cm_wire **wire, cm_link *link, cm_error *error) {
    *wire = NULL;
    const mongoc_host_list_t *host = mongoc_uri_get_hosts(client->uri);
    if (!mongoc_client_default_stream_initiator || !host || host->next) {
        return true;
    }
    opening opening = {client, link, NULL};
    bool is_done = cm_patiently(client, open_once, &opening, error);
    *wire = opening.made;
    return is_done;
}

static bool broken(const cm_wire *wire, const char *what, cm_error *error) {
    // Where the server hangs, the driver's own connection waits for it no more either.
    wire->client->is_stale |= wire->client->is_hung;
    cm_fail_invalid(error, what);
    error->kind = CM_ERROR_NETWORK;
    return false;
}

/// Milliseconds that an answer may take, so that the limit has passed once they have.
static int32_t time_left(const cm_wire *wire) {
    int32_t most = wire->patience > 0 ? wire->patience : INT32_MAX;
    if (wire->client->limit == INT64_MAX) {
        return most;
    }
    int64_t left = (wire->client->limit - bson_get_monotonic_time()) / 1000 + 2;
    return left < 1 ? 1 : left < most ? (int32_t)left : most;
}

static bool has_room(cm_wire *wire, size_t size) {
    if (size > wire->capacity) {
        uint8_t *larger = realloc(wire->buffer, size * 2);
        if (!larger) {
            return false;
        }
        wire->buffer = larger;
        wire->capacity = size * 2;
    }
    return true;
}

static void put(uint8_t *place, int32_t value) {
    uint32_t little = BSON_UINT32_TO_LE((uint32_t)value);
    memcpy(place, &little, sizeof little);
}

static int32_t get(const uint8_t *place) {
    uint32_t little;
    memcpy(&little, place, sizeof little);
    return (int32_t)BSON_UINT32_FROM_LE(little);
}

/// Puts each document into a message of its own, one behind the other; gives their size, 0 where they are none.
static size_t pack(cm_wire *wire, cm_view documents, size_t count) {
    size_t lead = HEADER_SIZE + LEAD_SIZE;
    if (!has_room(wire, documents.count + count * lead)) {
        return 0;
    }
    size_t size = 0;
    size_t read = 0;
    for (size_t index = 0; index < count; index++) {
        size_t left = documents.count - read;
        int32_t length = left < SMALLEST_DOCUMENT ? 0 : get(documents.start + read);
        if (length < SMALLEST_DOCUMENT || (size_t)length > left || length > LONGEST_MESSAGE) {
            return 0;
        }
        uint8_t *message = wire->buffer + size;
        wire->latest_request = wire->latest_request == INT32_MAX ? 1 : wire->latest_request + 1;
        put(message, (int32_t)lead + length);
        put(message + 4, wire->latest_request);
        put(message + 8, 0);
        put(message + 12, MESSAGE_OP);
        memset(message + HEADER_SIZE, 0, LEAD_SIZE);
        memcpy(message + lead, documents.start + read, (size_t)length);
        read += (size_t)length;
        size += lead + (size_t)length;
    }
    return read == documents.count ? size : 0;
}

static bool receive(cm_wire *wire, uint8_t *place, size_t size) {
    return mongoc_stream_read(wire->stream, place, size, size, time_left(wire)) == (ssize_t)size;
}

/// Reads the answer to a request and appends its document; `used` bytes are in the buffer before and after.
static bool take(cm_wire *wire, int32_t request, size_t *used) {
    uint8_t head[HEADER_SIZE + LEAD_SIZE + sizeof(int32_t)];
    uint8_t nothing[LEAD_SIZE] = {0};
    if (!receive(wire, head, sizeof head)) {
        return false;
    }
    int32_t length = get(head + HEADER_SIZE + LEAD_SIZE);
    // Its flags and its one section's kind are 0, and the document is all that it has.
    bool is_answer = get(head) - HEADER_SIZE - LEAD_SIZE == length && get(head + 8) == request &&
                     get(head + 12) == MESSAGE_OP && !memcmp(head + HEADER_SIZE, nothing, LEAD_SIZE) &&
                     length >= SMALLEST_DOCUMENT && length <= LONGEST_MESSAGE;
    if (!is_answer || !has_room(wire, *used + (size_t)length)) {
        return false;
    }
    uint8_t *place = wire->buffer + *used;
    memcpy(place, head + HEADER_SIZE + LEAD_SIZE, sizeof(int32_t));
    *used += (size_t)length;
    return receive(wire, place + sizeof(int32_t), (size_t)length - sizeof(int32_t));
}

/// One exchange; it is not tried again.
typedef struct {
    cm_wire *wire;
    cm_view requests;
    size_t count;
    cm_view *replies;
} exchange;

static bool exchange_once(void *context, cm_error *error) {
    const exchange *it = context;
    cm_wire *wire = it->wire;
    size_t size = pack(wire, it->requests, it->count);
    if (size == 0) {
        cm_fail_invalid(error, "the bytes are not documents");
        return false;
    }
    int32_t before = wire->latest_request - (int32_t)it->count;
    if (before < 0) {
        return broken(wire, "the connection has served its time", error);
    }
    if (mongoc_stream_write(wire->stream, wire->buffer, size, time_left(wire)) != (ssize_t)size) {
        return broken(wire, "the connection took no request", error);
    }
    size_t used = 0;
    for (size_t index = 0; index < it->count; index++) {
        if (!take(wire, before + (int32_t)index + 1, &used)) {
            return broken(wire, "the connection gave no answer", error);
        }
    }
    *it->replies = (cm_view){wire->buffer, used};
    return true;
}

bool cm_wire_exchange(cm_wire *wire, cm_view requests, size_t count, cm_view *replies, cm_error *error) {
    exchange exchange = {wire, requests, count, replies};
    return cm_patiently(wire->client, exchange_once, &exchange, error);
}
