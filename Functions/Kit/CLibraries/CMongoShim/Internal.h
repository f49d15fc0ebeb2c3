#pragma once

#include "CMongoShim.h"

#include <mongoc/mongoc.h>

/// One connection of the driver's, replaced after a failure: a single-threaded client does not try a server again
/// within five seconds of a failed attempt, a new one does at once.
struct cm_client {
    mongoc_client_t *driver;
    mongoc_uri_t *uri;
    char *application_name;
    /// Sessions and cursors that hold on to `driver`, which must not be replaced meanwhile.
    unsigned loans;
    bool is_stale;
    /// Whether its server, looked at because an answer did not come, gave no sign of life.
    bool is_hung;
    /// Whether that was so when last looked at, whichever connection was meant.
    bool was_hung;
    int64_t patience_milliseconds;
    /// On the monotonic clock, in microseconds; INT64_MAX without one.
    int64_t limit;
    struct cm_encryption *encryptions;
};

/// The driver's client, new where the last one failed and nothing holds on to it.
mongoc_client_t *cm_driver(cm_client *client);

/// A new one with the client's settings; NULL where there is none to be had.
mongoc_client_t *cm_new_driver(const cm_client *client);

/// Names the connection that the driver has to that server, or to the one that takes writes where `server` is 0; makes
/// one where there is none.
bool cm_link_name(mongoc_client_t *driver, uint32_t server, cm_link *link, bson_error_t *cause);

/// Makes attempts until one finds a server (each with a new driver), or the client's patience is at its end.
typedef bool cm_attempt(void *context, cm_error *error);
bool cm_patiently(cm_client *client, cm_attempt *attempt, void *context, cm_error *error);

/// Takes over the driver's error (and the labels in `reply`, which may be NULL); remembers that a connection failed.
void cm_fail(cm_client *client, const bson_error_t *cause, const bson_t *reply, cm_error *error);
/// An error of the shim's own.
void cm_fail_invalid(cm_error *error, const char *message);

/// Looks at a document without copying it.
bool cm_read(cm_view view, bson_t *document, cm_error *error);
/// Looks at the document or array of that name; where there is none, `part` is empty and the result false.
bool cm_part(const bson_t *request, const char *name, bson_t *part);
bool cm_flag(const bson_t *request, const char *name);
bool cm_copy(const uint8_t *start, size_t count, cm_bytes *copy, cm_error *error);

/// The request's options with the session, if any; to be destroyed by the caller even after a failure.
bool cm_options(
    cm_client *client, const bson_t *request, const cm_session *session, bson_t *options, cm_error *error);

/// Majority and journal; to be destroyed by the caller.
mongoc_write_concern_t *cm_write_concern(void);

/// From now on, until called with what this gives, this thread's long waits are those for the client's server: where it
/// gives no sign of life they end as if it had not answered in time.
cm_client *cm_watch(cm_client *client);

/// Whether a new connection finds a server within that time.
bool cm_answers(const cm_client *client, int32_t milliseconds);

/// Where the server hangs, makes the driver forget what it would still tell it (to end a transaction, say, which the
/// server does by itself), as each word would be waited for anew; gives whether it hangs.
bool cm_leave_hung(cm_client *client);

/// Lets go of what the encryptions hold of the driver's client.
void cm_encryptions_forget_driver(cm_client *client);
