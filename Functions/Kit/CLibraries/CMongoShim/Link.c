#include "Internal.h"

#include <string.h>

/// The election that made the server the primary: the last eight bytes of its id, most significant first.
static uint64_t term_of(const bson_t *hello) {
    bson_iter_t place;
    if (!bson_iter_init_find(&place, hello, "electionId") || !BSON_ITER_HOLDS_OID(&place)) {
        return 0;
    }
    const bson_oid_t *election = bson_iter_oid(&place);
    uint64_t term = 0;
    for (size_t index = sizeof election->bytes - sizeof term; index < sizeof election->bytes; index++) {
        term = term << 8 | election->bytes[index];
    }
    return term;
}

/// Reads what names a connection: which process of a server took it, and as its how manieth.
static void name_of(const bson_t *hello, cm_link *link) {
    bson_iter_t top;
    bson_iter_t place;
    bool is_member = bson_iter_init_find(&place, hello, "setName");
    if (is_member && bson_iter_init(&top, hello) &&
        bson_iter_find_descendant(&top, "topologyVersion.processId", &place) && BSON_ITER_HOLDS_OID(&place)) {
        const bson_oid_t *process = bson_iter_oid(&place);
        memcpy(&link->process_start, process->bytes, sizeof link->process_start);
        memcpy(&link->process_end, process->bytes + sizeof link->process_start, sizeof link->process_end);
        link->is_known = bson_iter_init_find(&place, hello, "connectionId") && BSON_ITER_HOLDS_NUMBER(&place);
        link->connection = link->is_known ? bson_iter_as_int64(&place) : 0;
        link->term = term_of(hello);
    }
}

typedef struct {
    cm_client *client;
    uint32_t server;
    cm_link *link;
} request;

/// The number of the server that takes writes; 0 where none is found.
static uint32_t writable(mongoc_client_t *driver, bson_error_t *cause) {
    mongoc_server_description_t *server = mongoc_client_select_server(driver, true, NULL, cause);
    if (!server) {
        return 0;
    }
    uint32_t number = mongoc_server_description_id(server);
    mongoc_server_description_destroy(server);
    return number;
}

bool cm_link_name(mongoc_client_t *driver, uint32_t server, cm_link *link, bson_error_t *cause) {
    *link = (cm_link){.server = server ? server : writable(driver, cause)};
    mongoc_server_description_t *shaken = NULL;
    if (link->server) {
        shaken = mongoc_client_get_handshake_description(driver, link->server, NULL, cause);
    }
    if (shaken) {
        name_of(mongoc_server_description_hello_response(shaken), link);
        mongoc_server_description_destroy(shaken);
    }
    return shaken != NULL;
}

static bool look_once(void *context, cm_error *error) {
    const request *it = context;
    bson_error_t cause;
    bool is_done = cm_link_name(cm_driver(it->client), it->server, it->link, &cause);
    if (!is_done) {
        cm_fail(it->client, &cause, NULL, error);
    }
    return is_done;
}

bool cm_link_look(cm_client *client, uint32_t server, cm_link *link, cm_error *error) {
    request request = {client, server, link};
    return cm_patiently(client, look_once, &request, error);
}
