#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The driver behind bytes: every document goes in and comes out as BSON bytes, every object is opaque.
// Each is to be used by one thread at a time.

typedef struct cm_client cm_client;
typedef struct cm_session cm_session;
typedef struct cm_cursor cm_cursor;
typedef struct cm_encryption cm_encryption;

/// Bytes that the caller owns and keeps alive during a call.
typedef struct {
    const uint8_t *start;
    size_t count;
} cm_view;

/// Bytes that a call has made; given back with cm_bytes_free.
typedef struct {
    uint8_t *start;
    size_t count;
} cm_bytes;

typedef enum {
    CM_ERROR_NONE,
    CM_ERROR_INVALID,         // an argument that the driver does not take
    CM_ERROR_SELECTION,       // no server was found in time
    CM_ERROR_NETWORK,         // a connection broke or timed out
    CM_ERROR_AUTHENTICATION,  // the server did not take the credentials
    CM_ERROR_SERVER,          // the server's own answer, with its code
    CM_ERROR_WRITE_CONCERN,   // written, but not acknowledged as asked, with the server's code
    CM_ERROR_ENCRYPTION,      // libmongocrypt
    CM_ERROR_OTHER,
} cm_error_kind;

enum {
    CM_LABEL_TRANSIENT_TRANSACTION = 1,
    CM_LABEL_UNKNOWN_COMMIT = 2,
    CM_LABEL_RETRYABLE_WRITE = 4,
    CM_LABEL_NETWORK = 8,
};

typedef struct {
    cm_error_kind kind;
    uint32_t code;
    uint32_t labels;
    char message[512];
} cm_error;

typedef struct {
    const char *application_name;
    /// How long the driver looks for a server before one attempt is given up.
    int32_t selection_milliseconds;
    /// How long attempts that found no server are repeated.
    int32_t patience_milliseconds;
    int32_t connect_milliseconds;
    int32_t socket_milliseconds;
} cm_client_options;

void cm_bytes_free(cm_bytes bytes);
const char *cm_error_message(const cm_error *error);

/// NULL where the URI cannot be taken; does not connect.
cm_client *cm_client_new(const char *uri, const cm_client_options *options, cm_error *error);
void cm_client_free(cm_client *client);
/// From now on nothing waits for a server longer than this, counted from now; -1 lifts the limit.
void cm_client_limit(cm_client *client, int64_t milliseconds);

/// Names one connection to the primary; not known where it leads to anything but a member of a replica set.
typedef struct {
    bool is_known;
    /// The driver's number of the server.
    uint32_t server;
    /// The id of the server's process.
    uint64_t process_start;
    uint32_t process_end;
    /// That process's number of the connection.
    int64_t connection;
    /// For how manieth time a primary had been elected when the connection was made; 0 where that is not known.
    uint64_t term;
} cm_link;

/// Looks at the connection that a command to that server takes now, or to the one that takes writes where `server` is
/// 0; makes one where there is none.
bool cm_link_look(cm_client *client, uint32_t server, cm_link *link, cm_error *error);

/// A connection of a client's own to the primary, over which requests follow one another without waiting for answers.
typedef struct cm_wire cm_wire;

/// Connects; `wire` is NULL where the connection string leads to more than one server, or to none of a replica set.
bool cm_wire_open(cm_client *client, cm_wire **wire, cm_link *link, cm_error *error);
void cm_wire_free(cm_wire *wire);
/// Sends `count` commands, documents one behind the other, each with its `$db`, and waits for the answers, which follow
/// one another likewise and are valid until the next call. After any failure the wire is of no use.
bool cm_wire_exchange(cm_wire *wire, cm_view requests, size_t count, cm_view *replies, cm_error *error);

/// What is asked of a collection (or of a database, where the collection is not used), and what the request holds.
typedef enum {
    CM_RUN_COMMAND,      // {command, options}
    CM_WRITE_COMMAND,    // {command, options}, with the client's write concern
    CM_INSERT,           // {documents, options}
    CM_UPDATE_ONE,       // {filter, change, options}
    CM_UPDATE_MANY,      // {filter, change, options}
    CM_REPLACE_ONE,      // {filter, change, options}
    CM_DELETE_ONE,       // {filter, options}
    CM_DELETE_MANY,      // {filter, options}
    CM_FIND_AND_MODIFY,  // {filter, change, sort, fields, upsert, new, options}
} cm_operation;

bool cm_perform(
    cm_client *client, cm_operation operation, const char *database, const char *collection, cm_session *session,
    cm_view request, cm_bytes *reply, cm_error *error);

typedef enum {
    CM_FIND,       // {filter, options}
    CM_AGGREGATE,  // {pipeline, options}
} cm_query;

/// Asks the server for the first batch.
cm_cursor *cm_cursor_new(
    cm_client *client, cm_query query, const char *database, const char *collection, cm_session *session,
    cm_view request, cm_error *error);

typedef enum { CM_CURSOR_DOCUMENT, CM_CURSOR_END, CM_CURSOR_FAILED } cm_cursor_step;
/// `document` is valid until the next call.
cm_cursor_step cm_cursor_next(cm_cursor *cursor, cm_view *document, cm_error *error);
void cm_cursor_free(cm_cursor *cursor);

cm_session *cm_session_new(cm_client *client, cm_error *error);
void cm_session_free(cm_session *session);
/// Snapshot reads, majority and journaled writes; `commit_milliseconds` bounds the commit, 0 does not.
bool cm_transaction_start(cm_session *session, int64_t commit_milliseconds, cm_error *error);
bool cm_transaction_commit(cm_session *session, cm_error *error);
void cm_transaction_abort(cm_session *session);

enum { CM_KEY_ID_SIZE = 16, CM_MASTER_KEY_SIZE = 96 };

/// Who wraps data keys, as documents of MongoDB's client-side encryption specification.
typedef struct {
    /// Each provider's credentials; those of `provider` among them.
    cm_view providers;
    /// Each provider's TLS options; empty where none has any.
    cm_view tls;
    /// Who wraps new data keys.
    const char *provider;
    /// Its master key's description; empty for "local".
    cm_view master_key;
} cm_key_service;

/// Explicit encryption with data keys in `database`.`collection`.
cm_encryption *cm_encryption_new(
    cm_client *client, const char *database, const char *collection, const cm_key_service *service,
    cm_error *error);
void cm_encryption_free(cm_encryption *encryption);
bool cm_encryption_create_key(cm_encryption *encryption, const char *name, uint8_t *key_id, cm_error *error);
/// Wraps the data keys that match anew, by the service that wraps new ones.
bool cm_encryption_rewrap(cm_encryption *encryption, cm_view filter, cm_error *error);
/// Encrypts a document; gives the payload of a binary of subtype 6.
bool cm_encryption_encrypt(
    cm_encryption *encryption, const uint8_t *key_id, cm_view document, cm_bytes *payload, cm_error *error);
/// Decrypts such a payload; gives the document.
bool cm_encryption_decrypt(cm_encryption *encryption, cm_view payload, cm_bytes *document, cm_error *error);
