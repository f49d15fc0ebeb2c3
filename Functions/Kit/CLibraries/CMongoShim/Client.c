#include "Internal.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ERROR_API_VERSION = 2, PAUSE_MICROSECONDS = 50 * 1000, SECOND_LOOK_MILLISECONDS = 300 };

static void start_driver(void) {
    mongoc_init();
    mongoc_log_set_handler(NULL, NULL);
}

static void set_default(mongoc_uri_t *uri, const char *option, int32_t value) {
    if (!mongoc_uri_has_option(uri, option)) {
        mongoc_uri_set_option_as_int32(uri, option, value);
    }
}

static void set_defaults(mongoc_uri_t *uri, const cm_client_options *options) {
    set_default(uri, MONGOC_URI_SERVERSELECTIONTIMEOUTMS, options->selection_milliseconds);
    set_default(uri, MONGOC_URI_CONNECTTIMEOUTMS, options->connect_milliseconds);
    set_default(uri, MONGOC_URI_SOCKETTIMEOUTMS, options->socket_milliseconds);
    if (!mongoc_uri_has_option(uri, MONGOC_URI_SERVERSELECTIONTRYONCE)) {
        mongoc_uri_set_option_as_bool(uri, MONGOC_URI_SERVERSELECTIONTRYONCE, false);
    }
}

mongoc_write_concern_t *cm_write_concern(void) {
    mongoc_write_concern_t *concern = mongoc_write_concern_new();
    mongoc_write_concern_set_wmajority(concern, 0);
    mongoc_write_concern_set_journal(concern, true);
    return concern;
}

mongoc_client_t *cm_new_driver(const cm_client *client) {
    bson_error_t ignored;
    mongoc_client_t *driver = mongoc_client_new_from_uri_with_error(client->uri, &ignored);
    if (!driver) {
        return NULL;
    }
    mongoc_write_concern_t *concern = cm_write_concern();
    mongoc_client_set_write_concern(driver, concern);
    mongoc_write_concern_destroy(concern);
    mongoc_client_set_error_api(driver, ERROR_API_VERSION);
    mongoc_client_set_appname(driver, client->application_name);
    return driver;
}

cm_client *cm_client_new(const char *uri, const cm_client_options *options, cm_error *error) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_driver);
    cm_client *client = calloc(1, sizeof *client);
    if (client) {
        client->patience_milliseconds = options->patience_milliseconds;
        client->limit = INT64_MAX;
        client->application_name = bson_strdup(options->application_name);
        client->uri = mongoc_uri_new_with_error(uri, NULL);
        if (client->uri) {
            set_defaults(client->uri, options);
            client->driver = cm_new_driver(client);
        }
        if (client->driver) {
            return client;
        }
    }
    // The driver's own words quote the URI, which holds a password.
    cm_fail_invalid(error, "the connection string is not one that the driver takes");
    cm_client_free(client);
    return NULL;
}

/// A client that has failed would wait for a server, to end its sessions; after a reset it does not.
static void free_driver(mongoc_client_t *driver, bool is_stale) {
    if (driver && is_stale) {
        mongoc_client_reset(driver);
    }
    mongoc_client_destroy(driver);
}

bool cm_leave_hung(cm_client *client) {
    if (client->is_hung) {
        mongoc_client_reset(client->driver);
    }
    return client->is_hung;
}

void cm_client_free(cm_client *client) {
    if (!client) {
        return;
    }
    cm_encryptions_forget_driver(client);
    free_driver(client->driver, client->is_stale);
    mongoc_uri_destroy(client->uri);
    bson_free(client->application_name);
    free(client);
}

mongoc_client_t *cm_driver(cm_client *client) {
    if (client->is_stale && client->loans == 0) {
        mongoc_client_t *fresh = cm_new_driver(client);
        if (fresh) {
            cm_encryptions_forget_driver(client);
            free_driver(client->driver, true);
            client->driver = fresh;
            client->is_stale = false;
            client->is_hung = false;
        }
    }
    return client->driver;
}

void cm_client_limit(cm_client *client, int64_t milliseconds) {
    client->limit = milliseconds < 0 ? INT64_MAX : bson_get_monotonic_time() + milliseconds * 1000;
}

/// Whether the server still hangs that did when it was last called: then nobody has to find out anew by waiting.
static bool hangs_on(cm_client *client, cm_error *error) {
    if (!client->was_hung || cm_answers(client, SECOND_LOOK_MILLISECONDS)) {
        client->was_hung = false;
        return false;
    }
    *error = (cm_error){.kind = CM_ERROR_SELECTION};
    snprintf(error->message, sizeof error->message, "the server gives no sign of life");
    return true;
}

bool cm_patiently(cm_client *client, cm_attempt *attempt, void *context, cm_error *error) {
    if (hangs_on(client, error)) {
        return false;
    }
    int64_t end = bson_get_monotonic_time() + client->patience_milliseconds * 1000;
    if (end > client->limit) {
        end = client->limit;
    }
    for (;;) {
        cm_client *before = cm_watch(client);
        bool is_done = attempt(context, error);
        cm_watch(before);
        if (is_done) {
            return true;
        }
        // Where no server was found nothing was sent, so another attempt repeats nothing.
        bool may_help = error->kind == CM_ERROR_SELECTION && client->loans == 0;
        if (!may_help || bson_get_monotonic_time() + PAUSE_MICROSECONDS > end) {
            return false;
        }
        usleep(PAUSE_MICROSECONDS);
    }
}
