#include "Internal.h"

#include <stdlib.h>

struct cm_cursor {
    cm_client *client;
    mongoc_cursor_t *cursor;
};

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

cm_cursor *cm_cursor_new(
    cm_client *client, cm_query query, const char *database, const char *collection_name, cm_session *session,
    cm_view view, cm_error *error) {
    bson_t request;
    bson_t options;
    if (!cm_read(view, &request, error)) {
        return NULL;
    }
    mongoc_client_t *driver = cm_driver(client);
    cm_cursor *cursor = NULL;
    if (cm_options(client, &request, session, &options, error)) {
        mongoc_collection_t *collection = mongoc_client_get_collection(driver, database, collection_name);
        cursor = bson_malloc0(sizeof *cursor);
        cursor->client = client;
        cursor->cursor = query_collection(collection, query, &request, &options);
        client->loans++;
        mongoc_collection_destroy(collection);
    }
    bson_destroy(&options);
    return cursor;
}

cm_cursor_step cm_cursor_next(cm_cursor *cursor, cm_view *view, cm_error *error) {
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

void cm_cursor_free(cm_cursor *cursor) {
    mongoc_cursor_destroy(cursor->cursor);
    cursor->client->loans--;
    bson_free(cursor);
}
