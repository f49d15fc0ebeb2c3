#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Transfers through libcurl, whose options are variadic: here each has a type, and what a transfer gives is bounded.

// A series of transfers over the same connections; one thread's at a time.
typedef struct cc_client cc_client;

// How a transfer went, in the terms that callers tell apart.
typedef enum {
    CC_DONE,
    CC_MALFORMED,    // the address, or something else that was asked, makes no sense
    CC_UNREACHABLE,  // no connection, or it broke
    CC_UNTRUSTED,    // TLS failed: no such certificate, or none offered where one is required
    CC_LATE,         // the time was over
    CC_TOO_LONG,     // the answer was longer than the limit
    CC_REFUSED       // the mail server did not take the login, the sender, a recipient or the mail
} cc_result;

// Bytes that belong to the client until its next transfer begins.
typedef struct {
    const uint8_t *start;
    size_t count;
} cc_view;

cc_client *cc_client_new(void);
void cc_client_free(cc_client *client);

// Begins describing an HTTP transfer; redirects are not followed and proxies of the environment not used.
// Every cc_ function that returns bool returns false where memory is out or libcurl refuses the value.
bool cc_http(cc_client *client, const char *method, const char *url, size_t answer_limit);

// Begins describing a mail to a server (smtp:// or smtps://); with `requires_tls` nothing is said in the clear.
bool cc_mail(cc_client *client, const char *url, const char *sender, bool requires_tls);

// Adds a header line, "name: value".
bool cc_add_header(cc_client *client, const char *line);

// Adds a recipient of the mail.
bool cc_add_recipient(cc_client *client, const char *address);

// Logs in to the mail server.
bool cc_set_login(cc_client *client, const char *user, const char *password);

// Refuses to connect to any address but a public one, whatever a name stands for.
bool cc_public_only(cc_client *client);

// The time for connecting and for the whole, in milliseconds.
bool cc_set_limits(cc_client *client, long connecting, long whole);

// What is sent: bytes, which must stay until the end of cc_perform, ...
bool cc_set_body(cc_client *client, const uint8_t *start, size_t count);

// ... or that many bytes of an open file from its present position on.
bool cc_set_body_file(cc_client *client, int descriptor, int64_t count);

// Writes the answer's content to an open file instead of keeping it; the limit holds as well.
void cc_set_answer_file(cc_client *client, int descriptor);

cc_result cc_perform(cc_client *client);

// The last status code that the server answered with, 0 for none.
long cc_status(cc_client *client);

// The answer's content, and its header lines with the status lines among them.
cc_view cc_answer(const cc_client *client);
cc_view cc_answer_head(const cc_client *client);

// libcurl's words for what went wrong; names hosts, never credentials.
const char *cc_reason(const cc_client *client);
