#include "Internal.h"

/// What one operation works on; `reply` is set by the driver in every case.
typedef struct {
    mongoc_client_t *driver;
    const char *database;
    const char *collection;
    const bson_t *request;
    const bson_t *options;
    bson_t *reply;
    bson_error_t *cause;
} call;

static bool run_command(const call *call, bool is_write) {
    bson_t command;
    cm_part(call->request, "command", &command);
    bool is_done =
        is_write
            ? mongoc_client_write_command_with_opts(
                  call->driver, call->database, &command, call->options, call->reply, call->cause)
            : mongoc_client_command_with_opts(
                  call->driver, call->database, &command, NULL, call->options, call->reply, call->cause);
    bson_destroy(&command);
    return is_done;
}

static bool insert(const call *call, mongoc_collection_t *collection) {
    bson_t documents;
    bson_iter_t place;
    cm_part(call->request, "documents", &documents);
    size_t count = 0;
    const bson_t **copies = bson_malloc0(sizeof *copies * (bson_count_keys(&documents) + 1));
    for (bool more = bson_iter_init(&place, &documents); more && bson_iter_next(&place);) {
        uint32_t length = 0;
        const uint8_t *data = NULL;
        bson_iter_document(&place, &length, &data);
        bson_t *copy = data ? bson_new_from_data(data, length) : NULL;
        if (copy) {
            copies[count++] = copy;
        }
    }
    bool is_done =
        mongoc_collection_insert_many(collection, copies, count, call->options, call->reply, call->cause);
    while (count > 0) {
        bson_destroy((bson_t *)copies[--count]);
    }
    bson_free(copies);
    bson_destroy(&documents);
    return is_done;
}

static bool change(const call *call, mongoc_collection_t *collection, cm_operation operation) {
    bson_t filter;
    bson_t change;
    cm_part(call->request, "filter", &filter);
    cm_part(call->request, "change", &change);
    bool (*update)(
        mongoc_collection_t *, const bson_t *, const bson_t *, const bson_t *, bson_t *, bson_error_t *) =
        operation == CM_REPLACE_ONE    ? mongoc_collection_replace_one
        : operation == CM_UPDATE_MANY ? mongoc_collection_update_many
                                      : mongoc_collection_update_one;
    bool is_done = update(collection, &filter, &change, call->options, call->reply, call->cause);
    bson_destroy(&change);
    bson_destroy(&filter);
    return is_done;
}

static bool delete(const call *call, mongoc_collection_t *collection, bool is_many) {
    bson_t filter;
    cm_part(call->request, "filter", &filter);
    bool is_done =
        is_many
            ? mongoc_collection_delete_many(collection, &filter, call->options, call->reply, call->cause)
            : mongoc_collection_delete_one(collection, &filter, call->options, call->reply, call->cause);
    bson_destroy(&filter);
    return is_done;
}

static bool find_and_modify(const call *call, mongoc_collection_t *collection) {
    bson_t filter;
    bson_t part;
    mongoc_find_and_modify_opts_t *options = mongoc_find_and_modify_opts_new();
    mongoc_find_and_modify_flags_t flags = MONGOC_FIND_AND_MODIFY_NONE;
    if (cm_flag(call->request, "upsert")) {
        flags |= MONGOC_FIND_AND_MODIFY_UPSERT;
    }
    if (cm_flag(call->request, "new")) {
        flags |= MONGOC_FIND_AND_MODIFY_RETURN_NEW;
    }
    mongoc_find_and_modify_opts_set_flags(options, flags);
    if (cm_part(call->request, "change", &part)) {
        mongoc_find_and_modify_opts_set_update(options, &part);
    }
    if (cm_part(call->request, "sort", &part)) {
        mongoc_find_and_modify_opts_set_sort(options, &part);
    }
    if (cm_part(call->request, "fields", &part)) {
        mongoc_find_and_modify_opts_set_fields(options, &part);
    }
    mongoc_find_and_modify_opts_append(options, call->options);
    cm_part(call->request, "filter", &filter);
    bool is_done =
        mongoc_collection_find_and_modify_with_opts(collection, &filter, options, call->reply, call->cause);
    bson_destroy(&filter);
    mongoc_find_and_modify_opts_destroy(options);
    return is_done;
}

static bool perform(const call *call, cm_operation operation) {
    if (operation == CM_RUN_COMMAND || operation == CM_WRITE_COMMAND) {
        return run_command(call, operation == CM_WRITE_COMMAND);
    }
    mongoc_collection_t *collection =
        mongoc_client_get_collection(call->driver, call->database, call->collection);
    bool is_done = false;
    switch (operation) {
        case CM_INSERT: is_done = insert(call, collection); break;
        case CM_DELETE_ONE:
        case CM_DELETE_MANY: is_done = delete(call, collection, operation == CM_DELETE_MANY); break;
        case CM_FIND_AND_MODIFY: is_done = find_and_modify(call, collection); break;
        default: is_done = change(call, collection, operation); break;
    }
    mongoc_collection_destroy(collection);
    return is_done;
}

/// One request, for all its attempts.
typedef struct {
    cm_client *client;
    cm_session *session;
    cm_operation operation;
    const char *database;
    const char *collection;
    const bson_t *request;
    cm_bytes *reply;
} request;

static bool perform_once(void *context, cm_error *error) {
    const request *it = context;
    bson_t options;
    mongoc_client_t *driver = cm_driver(it->client);
    bool is_done = cm_options(it->client, it->request, it->session, &options, error);
    if (is_done) {
        bson_t reply;
        bson_error_t cause = {0};
        call call = {driver, it->database, it->collection, it->request, &options, &reply, &cause};
        is_done = perform(&call, it->operation);
        if (is_done) {
            is_done = cm_copy(bson_get_data(&reply), reply.len, it->reply, error);
        } else {
            cm_fail(it->client, &cause, &reply, error);
        }
        bson_destroy(&reply);
    }
    bson_destroy(&options);
    return is_done;
}

bool cm_perform(
    cm_client *client, cm_operation operation, const char *database, const char *collection, cm_session *session,
    cm_view view, cm_bytes *reply, cm_error *error) {
    bson_t document;
    if (!cm_read(view, &document, error)) {
        return false;
    }
    request request = {client, session, operation, database, collection, &document, reply};
    return cm_patiently(client, perform_once, &request, error);
}
