#include "Internal.h"

struct cm_session {
    cm_client *client;
    mongoc_client_session_t *session;
};

/// A session to be made, for all attempts.
typedef struct {
    cm_client *client;
    cm_session *made;
} request;

static bool start_once(void *context, cm_error *error) {
    request *it = context;
    bson_error_t cause;
    mongoc_client_session_t *started = mongoc_client_start_session(cm_driver(it->client), NULL, &cause);
    if (!started) {
        cm_fail(it->client, &cause, NULL, error);
        return false;
    }
    it->made = bson_malloc0(sizeof *it->made);
    it->made->client = it->client;
    it->made->session = started;
    it->client->loans++;
    return true;
}

cm_session *cm_session_new(cm_client *client, cm_error *error) {
    request request = {client, NULL};
    return cm_patiently(client, start_once, &request, error) ? request.made : NULL;
}

void cm_session_free(cm_session *session) {
    cm_leave_hung(session->client);
    mongoc_client_session_destroy(session->session);
    session->client->loans--;
    bson_free(session);
}

bool cm_transaction_start(cm_session *session, int64_t commit_milliseconds, cm_error *error) {
    mongoc_transaction_opt_t *options = mongoc_transaction_opts_new();
    mongoc_read_concern_t *reads = mongoc_read_concern_new();
    mongoc_write_concern_t *writes = cm_write_concern();
    mongoc_read_concern_set_level(reads, MONGOC_READ_CONCERN_LEVEL_SNAPSHOT);
    mongoc_transaction_opts_set_read_concern(options, reads);
    mongoc_transaction_opts_set_write_concern(options, writes);
    if (commit_milliseconds > 0) {
        mongoc_transaction_opts_set_max_commit_time_ms(options, commit_milliseconds);
    }
    bson_error_t cause;
    bool is_done = mongoc_client_session_start_transaction(session->session, options, &cause);
    if (!is_done) {
        cm_fail(session->client, &cause, NULL, error);
    }
    mongoc_write_concern_destroy(writes);
    mongoc_read_concern_destroy(reads);
    mongoc_transaction_opts_destroy(options);
    return is_done;
}

bool cm_transaction_commit(cm_session *session, cm_error *error) {
    bson_t reply;
    bson_error_t cause;
    cm_client *before = cm_watch(session->client);
    bool is_done = mongoc_client_session_commit_transaction(session->session, &reply, &cause);
    cm_watch(before);
    if (!is_done) {
        cm_fail(session->client, &cause, &reply, error);
    }
    bson_destroy(&reply);
    return is_done;
}

void cm_transaction_abort(cm_session *session) {
    if (!cm_leave_hung(session->client) && mongoc_client_session_in_transaction(session->session)) {
        mongoc_client_session_abort_transaction(session->session, NULL);
    }
}

bool cm_options(
    cm_client *client, const bson_t *request, const cm_session *session, bson_t *options, cm_error *error) {
    bson_t given;
    bson_error_t cause;
    cm_part(request, "options", &given);
    bson_copy_to(&given, options);
    bson_destroy(&given);
    if (!session || mongoc_client_session_append(session->session, options, &cause)) {
        return true;
    }
    cm_fail(client, &cause, NULL, error);
    return false;
}
