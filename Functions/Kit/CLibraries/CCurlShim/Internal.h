#pragma once

#include "CCurlShim.h"

#include <curl/curl.h>

// What is kept of an answer, up to a limit.
typedef struct {
    uint8_t *bytes;
    size_t count;
    size_t capacity;
    size_t limit;
    int descriptor;
    bool overflows;
} cc_sink;

// What is sent, from memory or from a file.
typedef struct {
    const uint8_t *bytes;
    int descriptor;
    curl_off_t first;
    curl_off_t count;
    curl_off_t sent;
} cc_source;

struct cc_client {
    CURL *curl;
    struct curl_slist *headers;
    struct curl_slist *recipients;
    cc_source body;
    cc_sink answer;
    cc_sink head;
    bool is_mail;
    CURLcode code;
    char reason[CURL_ERROR_SIZE];
};

size_t cc_read(char *target, size_t size, size_t count, void *source);
int cc_seek(void *source, curl_off_t offset, int origin);
size_t cc_write(char *bytes, size_t size, size_t count, void *sink);
void cc_sink_reset(cc_sink *sink, size_t limit);
