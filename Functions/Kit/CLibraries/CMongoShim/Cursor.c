#include "Internal.h"

#include <stdlib.h>

struct cm_cursor {
    cm_client *client;
    mongoc_cursor_t *cursor;
    /// The first step is taken when the cursor is made, and handed over with the first call.
    bool has_first;
    cm_cursor_step first_step;
    cm_view first;
};

/// One query, for all its attempts.
typedef struct {
    cm_client *client;
    cm_session *session;
    cm_query query;
    const char *database;
    const char *collection;
    const bson_t *request;
    cm_cursor *made;
} request;

static mongoc_cursor_t *query_collection(
    mongoc_collection_t *collection, cm_query query, const bson_t *request, const bson_t *options) {
    bson_t subject;
    cm_part(request, query == CM_FIND ? "filter" : "pipeline", &subject);
    mongoc_cursor_t *cursor =
        query == CM_FIND
            ? mongoc_collection_find_with_opts(collection, &subject, options, NULL)
            : mongoc_collection_aggregate(collection, MONGOC_QUERY_NONE, &subject, options, NULL);
    bson_destroy(&subject);
    return cursor;
}

static cm_cursor_step step(cm_cursor *cursor, cm_view *view, cm_error *error) {
    const bson_t *document = NULL;
    if (mongoc_cursor_next(cursor->cursor, &document)) {
        *view = (cm_view){bson_get_data(document), document->len};
        return CM_CURSOR_DOCUMENT;
    }
    bson_error_t cause;
    const bson_t *reply = NULL;
    if (!mongoc_cursor_error_document(cursor->cursor, &cause, &reply)) {
        return CM_CURSOR_END;
    }
    cm_fail(cursor->client, &cause, reply, error);
    return CM_CURSOR_FAILED;
}

static bool open_once(void *context, cm_error *error) {
    request *it = context;
    bson_t options;
    mongoc_client_t *driver = cm_driver(it->client);
    bool is_done = cm_options(it->client, it->request, it->session, &options, error);
    if (is_done) {
        mongoc_collection_t *collection = mongoc_client_get_collection(driver, it->database, it->collection);
        cm_cursor *cursor = bson_malloc0(sizeof *cursor);
        cursor->client = it->client;
        cursor->cursor = query_collection(collection, it->query, it->request, &options);
        it->client->loans++;
        mongoc_collection_destroy(collection);
        cursor->has_first = true;
        cursor->first_step = step(cursor, &cursor->first, error);
        is_done = cursor->first_step != CM_CURSOR_FAILED;
        if (is_done) {
            it->made = cursor;
        } else {
            cm_cursor_free(cursor);
        }
    }
    bson_destroy(&options);
    return is_done;
}

cm_cursor *cm_cursor_new(
    cm_client *client, cm_query query, const char *database, const char *collection, cm_session *session,
    cm_view view, cm_error *error) {
    bson_t document;
    if (!cm_read(view, &document, error)) {
        return NULL;
    }
    request request = {client, session, query, database, collection, &document, NULL};
    return cm_patiently(client, open_once, &request, error) ? request.made : NULL;
}

cm_cursor_step cm_cursor_next(cm_cursor *cursor, cm_view *view, cm_error *error) {
    if (cursor->has_first) {
        cursor->has_first = false;
        *view = cursor->first;
        return cursor->first_step;
    }
    cm_client *before = cm_watch(cursor->client);
    cm_cursor_step next = step(cursor, view, error);
    cm_watch(before);
    return next;
}

void cm_cursor_free(cm_cursor *cursor) {
    cm_leave_hung(cursor->client);
    mongoc_cursor_destroy(cursor->cursor);
    cursor->client->loans--;
    bson_free(cursor);
}
