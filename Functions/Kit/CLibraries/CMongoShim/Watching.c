#define _GNU_SOURCE
#include "Internal.h"

#include <poll.h>
#include <time.h>

// A server that stands still keeps its connections open, and a busy one may take its time: after a while without an
// answer another connection asks whether anybody is there.
enum { LOOK_AFTER_MILLISECONDS = 500, LOOK_MILLISECONDS = 800, WATCHED_FROM_MILLISECONDS = 2000 };

/// Whose call is being waited for on this thread; NULL while none is, or while its server is being looked at.
static _Thread_local cm_client *waiting;

cm_client *cm_watch(cm_client *client) {
    cm_client *before = waiting;
    waiting = client;
    return before;
}

bool cm_answers(const cm_client *client, int32_t milliseconds) {
    bson_error_t ignored;
    mongoc_uri_t *uri = mongoc_uri_copy(client->uri);
    mongoc_uri_set_option_as_int32(uri, MONGOC_URI_SERVERSELECTIONTIMEOUTMS, milliseconds);
    mongoc_uri_set_option_as_int32(uri, MONGOC_URI_CONNECTTIMEOUTMS, milliseconds);
    mongoc_uri_set_option_as_bool(uri, MONGOC_URI_SERVERSELECTIONTRYONCE, true);
    mongoc_client_t *other = mongoc_client_new_from_uri(uri);
    mongoc_uri_destroy(uri);
    if (!other) {
        return true;
    }
    mongoc_server_description_t *found = mongoc_client_select_server(other, true, NULL, &ignored);
    mongoc_server_description_destroy(found);
    mongoc_client_destroy(other);
    return found != NULL;
}

/// Whether the server that this thread waits for has gone away.
static bool is_away(void) {
    cm_client *client = cm_watch(NULL);
    client->is_hung = !cm_answers(client, LOOK_MILLISECONDS);
    client->was_hung = client->is_hung;
    cm_watch(client);
    return client->is_hung;
}

static int wait_for(struct pollfd *files, nfds_t count, int milliseconds) {
    struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
    return ppoll(files, count, milliseconds < 0 ? NULL : &time, NULL);
}

// Stands before the C library's own, which the driver waits with: it has no other way to be told to stop waiting. Once
// the server is known to hang, the driver's own further attempts find their connections closed.
int poll(struct pollfd *files, nfds_t count, int milliseconds) {
    if (waiting && waiting->is_hung && count == 1 && milliseconds > 0) {
        files->revents = POLLHUP;
        return 1;
    }
    if (!waiting || count != 1 || milliseconds < WATCHED_FROM_MILLISECONDS) {
        return wait_for(files, count, milliseconds);
    }
    for (int64_t end = bson_get_monotonic_time() / 1000 + milliseconds;;) {
        int64_t left = end - bson_get_monotonic_time() / 1000;
        int ready = wait_for(files, count, left > LOOK_AFTER_MILLISECONDS ? LOOK_AFTER_MILLISECONDS : left > 0 ? left : 0);
        if (ready != 0 || left <= LOOK_AFTER_MILLISECONDS || is_away()) {
            return ready;
        }
    }
}
