#include "Internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { head_limit = 64 << 10 };

// False from the first option on that libcurl refuses.
#define SET(client, option, value) (curl_easy_setopt((client)->curl, (option), (value)) == CURLE_OK)

cc_client *cc_client_new(void) {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return NULL;
    cc_client *client = calloc(1, sizeof *client);
    if (!client) return NULL;
    client->curl = curl_easy_init();
    if (!client->curl) {
        free(client);
        return NULL;
    }
    return client;
}

static void forget(cc_client *client) {
    curl_slist_free_all(client->headers);
    curl_slist_free_all(client->recipients);
    client->headers = NULL;
    client->recipients = NULL;
    memset(&client->body, 0, sizeof client->body);
    client->body.descriptor = -1;
    client->reason[0] = 0;
    client->code = CURLE_OK;
}

void cc_client_free(cc_client *client) {
    if (!client) return;
    curl_easy_cleanup(client->curl);
    forget(client);
    cc_sink_reset(&client->answer, 0);
    cc_sink_reset(&client->head, 0);
    free(client);
}

// Forgets the transfer before, but for its connection.
static bool begin(cc_client *client, const char *url, const char *protocols, size_t answer_limit) {
    curl_easy_reset(client->curl);
    forget(client);
    cc_sink_reset(&client->answer, answer_limit);
    cc_sink_reset(&client->head, head_limit);
    return SET(client, CURLOPT_ERRORBUFFER, client->reason) && SET(client, CURLOPT_NOSIGNAL, 1L) &&
           SET(client, CURLOPT_NOPROXY, "*") && SET(client, CURLOPT_FOLLOWLOCATION, 0L) &&
           SET(client, CURLOPT_PROTOCOLS_STR, protocols) && SET(client, CURLOPT_URL, url) &&
           SET(client, CURLOPT_WRITEFUNCTION, cc_write) && SET(client, CURLOPT_WRITEDATA, &client->answer) &&
           SET(client, CURLOPT_HEADERFUNCTION, cc_write) && SET(client, CURLOPT_HEADERDATA, &client->head);
}

bool cc_http(cc_client *client, const char *method, const char *url, size_t answer_limit) {
    client->is_mail = false;
    if (!begin(client, url, "http,https", answer_limit)) return false;
    if (strcmp(method, "HEAD") == 0) return SET(client, CURLOPT_NOBODY, 1L);
    return SET(client, CURLOPT_CUSTOMREQUEST, method) && cc_add_header(client, "Expect:");
}

bool cc_mail(cc_client *client, const char *url, const char *sender, bool requires_tls) {
    client->is_mail = true;
    long tls = requires_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE;
    return begin(client, url, "smtp,smtps", head_limit) && SET(client, CURLOPT_MAIL_FROM, sender) &&
           SET(client, CURLOPT_USE_SSL, tls);
}

static bool append(struct curl_slist **list, const char *line) {
    struct curl_slist *longer = curl_slist_append(*list, line);
    if (!longer) return false;
    *list = longer;
    return true;
}

bool cc_add_header(cc_client *client, const char *line) {
    return append(&client->headers, line);
}

bool cc_add_recipient(cc_client *client, const char *address) {
    return append(&client->recipients, address);
}

bool cc_set_login(cc_client *client, const char *user, const char *password) {
    return SET(client, CURLOPT_USERNAME, user) && SET(client, CURLOPT_PASSWORD, password);
}

bool cc_set_limits(cc_client *client, long connecting, long whole) {
    return SET(client, CURLOPT_CONNECTTIMEOUT_MS, connecting) && SET(client, CURLOPT_TIMEOUT_MS, whole) &&
           SET(client, CURLOPT_SERVER_RESPONSE_TIMEOUT, whole / 1000 + 1);
}

static bool send_body(cc_client *client) {
    return SET(client, CURLOPT_UPLOAD, 1L) && SET(client, CURLOPT_INFILESIZE_LARGE, client->body.count) &&
           SET(client, CURLOPT_READFUNCTION, cc_read) && SET(client, CURLOPT_READDATA, &client->body) &&
           SET(client, CURLOPT_SEEKFUNCTION, cc_seek) && SET(client, CURLOPT_SEEKDATA, &client->body);
}

bool cc_set_body(cc_client *client, const uint8_t *start, size_t count) {
    client->body = (cc_source){.bytes = start ? start : (const uint8_t *)"", .descriptor = -1, .count = (curl_off_t)count};
    return send_body(client);
}

bool cc_set_body_file(cc_client *client, int descriptor, int64_t count) {
    off_t first = lseek(descriptor, 0, SEEK_CUR);
    if (first == -1 || count < 0) return false;
    client->body = (cc_source){.descriptor = descriptor, .first = first, .count = count};
    return send_body(client);
}

void cc_set_answer_file(cc_client *client, int descriptor) {
    client->answer.descriptor = descriptor;
}

static cc_result result_of(const cc_client *client) {
    if (client->answer.overflows || client->head.overflows) return CC_TOO_LONG;
    switch (client->code) {
    case CURLE_OK: return CC_DONE;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_BAD_FUNCTION_ARGUMENT:
    case CURLE_ABORTED_BY_CALLBACK: return CC_MALFORMED;
    case CURLE_OPERATION_TIMEDOUT: return CC_LATE;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_USE_SSL_FAILED: return CC_UNTRUSTED;
    case CURLE_LOGIN_DENIED: return CC_REFUSED;
    case CURLE_SEND_ERROR:
    case CURLE_WEIRD_SERVER_REPLY: return client->is_mail ? CC_REFUSED : CC_UNREACHABLE;
    default: return CC_UNREACHABLE;
    }
}

cc_result cc_perform(cc_client *client) {
    struct curl_slist *headers = client->is_mail ? NULL : client->headers;
    if (!SET(client, CURLOPT_HTTPHEADER, headers) || !SET(client, CURLOPT_MAIL_RCPT, client->recipients)) {
        return CC_MALFORMED;
    }
    client->code = curl_easy_perform(client->curl);
    return result_of(client);
}

long cc_status(cc_client *client) {
    long status = 0;
    curl_easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

cc_view cc_answer(const cc_client *client) {
    return (cc_view){client->answer.bytes, client->answer.descriptor < 0 ? client->answer.count : 0};
}

cc_view cc_answer_head(const cc_client *client) {
    return (cc_view){client->head.bytes, client->head.count};
}

const char *cc_reason(const cc_client *client) {
    return client->reason[0] ? client->reason : curl_easy_strerror(client->code);
}
