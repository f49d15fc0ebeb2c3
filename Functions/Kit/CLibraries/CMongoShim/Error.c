#define _GNU_SOURCE

#include "Internal.h"

#include <stdio.h>
#include <string.h>

const char *cm_error_message(const cm_error *error) {
    return error->message;
}

void cm_fail_invalid(cm_error *error, const char *message) {
    *error = (cm_error){.kind = CM_ERROR_INVALID};
    snprintf(error->message, sizeof error->message, "%s", message);
}

/// The driver has one code for credentials that were refused and for a connection that broke, or a server that was not
/// ready, before they were answered; only the first says so in the words of the server or of its own check.
static cm_error_kind kind_of_proof(const char *message) {
    bool refused = strcasestr(message, "authentication failed") || strcasestr(message, "scram failure");
    return refused ? CM_ERROR_AUTHENTICATION : CM_ERROR_NETWORK;
}

/// The driver reports what a look at the servers met with under the client's domain, with a stream's code. A server that
/// is about to start as a member has no sessions yet: nothing was sent, and another look may find some.
static cm_error_kind kind_in_client(const bson_error_t *cause) {
    switch (cause->code) {
        case MONGOC_ERROR_STREAM_INVALID_TYPE:
        case MONGOC_ERROR_STREAM_INVALID_STATE:
        case MONGOC_ERROR_STREAM_NAME_RESOLUTION:
        case MONGOC_ERROR_STREAM_SOCKET:
        case MONGOC_ERROR_STREAM_CONNECT:
        case MONGOC_ERROR_STREAM_NOT_ESTABLISHED: return CM_ERROR_NETWORK;
        case MONGOC_ERROR_CLIENT_SESSION_FAILURE: return CM_ERROR_SELECTION;
        case MONGOC_ERROR_CLIENT_AUTHENTICATE: return kind_of_proof(cause->message);
        default: return CM_ERROR_OTHER;
    }
}

static cm_error_kind kind_of(const bson_error_t *cause) {
    switch (cause->domain) {
        case MONGOC_ERROR_SERVER_SELECTION: return CM_ERROR_SELECTION;
        case MONGOC_ERROR_STREAM: return CM_ERROR_NETWORK;
        case MONGOC_ERROR_SCRAM:
        case MONGOC_ERROR_SASL: return CM_ERROR_AUTHENTICATION;
        case MONGOC_ERROR_CLIENT: return kind_in_client(cause);
        case MONGOC_ERROR_SERVER:
        case MONGOC_ERROR_QUERY: return CM_ERROR_SERVER;
        case MONGOC_ERROR_WRITE_CONCERN: return CM_ERROR_WRITE_CONCERN;
        case MONGOC_ERROR_CLIENT_SIDE_ENCRYPTION: return CM_ERROR_ENCRYPTION;
        case MONGOC_ERROR_PROTOCOL: return CM_ERROR_OTHER;
        default: return CM_ERROR_INVALID;
    }
}

static uint32_t labels_of(const bson_t *reply) {
    static const struct {
        const char *name;
        uint32_t label;
    } known[] = {
        {"TransientTransactionError", CM_LABEL_TRANSIENT_TRANSACTION},
        {"UnknownTransactionCommitResult", CM_LABEL_UNKNOWN_COMMIT},
        {"RetryableWriteError", CM_LABEL_RETRYABLE_WRITE},
        {"NetworkError", CM_LABEL_NETWORK},
    };
    uint32_t labels = 0;
    for (size_t index = 0; index < sizeof known / sizeof known[0]; index++) {
        if (mongoc_error_has_label(reply, known[index].name)) {
            labels |= known[index].label;
        }
    }
    return labels;
}

void cm_fail(cm_client *client, const bson_error_t *cause, const bson_t *reply, cm_error *error) {
    *error = (cm_error){.kind = kind_of(cause), .code = cause->code};
    snprintf(error->message, sizeof error->message, "%s", cause->message);
    if (reply) {
        error->labels = labels_of(reply);
    }
    switch (error->kind) {
        case CM_ERROR_SELECTION:
        case CM_ERROR_NETWORK:
        case CM_ERROR_AUTHENTICATION: client->is_stale = true; break;
        default: break;
    }
}
