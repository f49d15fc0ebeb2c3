// Inserts documents as big as stored messages, one after another, each acknowledged by a majority and journaled:
// what the driver and the server can do at best. Prints how many there were.
// usage: bare_insert URI DATABASE COLLECTION WRITER SECONDS
#include <mongoc/mongoc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void fill(uint8_t *bytes, size_t count, uint64_t seed)
{
    for (size_t i = 0; i < count; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        bytes[i] = (uint8_t)(seed >> 56);
    }
}

int main(int argc, char **argv)
{
    if (argc != 6) return 64;
    mongoc_init();
    mongoc_client_t *client = mongoc_client_new(argv[1]);
    if (!client) return 78;
    mongoc_collection_t *collection = mongoc_client_get_collection(client, argv[2], argv[3]);
    mongoc_write_concern_t *concern = mongoc_write_concern_new();
    mongoc_write_concern_set_wmajority(concern, 10000);
    mongoc_write_concern_set_journal(concern, true);
    mongoc_collection_set_write_concern(collection, concern);
    uint64_t writer = strtoull(argv[4], NULL, 10);
    double end = now() + atof(argv[5]);
    uint8_t ids[5][16], repeat[32], body[320];
    int64_t count = 0;
    while (now() < end) {
        for (int i = 0; i < 5; i++) fill(ids[i], 16, writer * 1000003 + (uint64_t)count * 7 + (uint64_t)i + 1);
        fill(ids[0], 16, (uint64_t)count % 200);
        fill(repeat, sizeof repeat, (uint64_t)count);
        fill(body, sizeof body, (uint64_t)count + 99);
        bson_t document, id;
        bson_init(&document);
        BSON_APPEND_DOCUMENT_BEGIN(&document, "_id", &id);
        BSON_APPEND_BINARY(&id, "conversation", BSON_SUBTYPE_UUID, ids[0], 16);
        BSON_APPEND_INT64(&id, "seq", (int64_t)(writer << 40) + count);
        bson_append_document_end(&document, &id);
        BSON_APPEND_BINARY(&document, "messageId", BSON_SUBTYPE_UUID, ids[1], 16);
        BSON_APPEND_BINARY(&document, "sender", BSON_SUBTYPE_UUID, ids[2], 16);
        BSON_APPEND_BINARY(&document, "recipient", BSON_SUBTYPE_UUID, ids[3], 16);
        BSON_APPEND_BINARY(&document, "clientMessageId", BSON_SUBTYPE_UUID, ids[4], 16);
        BSON_APPEND_BINARY(&document, "repeat", BSON_SUBTYPE_BINARY, repeat, sizeof repeat);
        BSON_APPEND_DATE_TIME(&document, "sentAt", (int64_t)time(NULL) * 1000);
        BSON_APPEND_BINARY(&document, "body", BSON_SUBTYPE_BINARY, body, sizeof body);
        bson_error_t error;
        if (!mongoc_collection_insert_one(collection, &document, NULL, NULL, &error)) {
            fprintf(stderr, "bare_insert: %s\n", error.message);
            return 1;
        }
        bson_destroy(&document);
        count++;
    }
    printf("%lld\n", (long long)count);
    return 0;
}
