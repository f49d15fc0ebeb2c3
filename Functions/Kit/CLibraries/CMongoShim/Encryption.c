#include "Internal.h"

#include <string.h>

// libmongocrypt keeps the data keys that it has opened in a list and looks through all of it; several lists are shorter.
enum { PARTS = 16, KEY_START_IN_PAYLOAD = 1 };

struct cm_encryption {
    cm_client *client;
    char *database;
    char *collection;
    bson_t *providers;
    /// Empty where no provider needs it.
    bson_t *tls;
    char *provider;
    /// Empty for the provider "local".
    bson_t *master_key;
    /// Each with the data keys whose ids end alike; NULL until used, and again when the client's driver is replaced.
    mongoc_client_encryption_t *parts[PARTS];
    cm_encryption *next;
};

static bson_t *copied(cm_view view) {
    return bson_new_from_data(view.start, view.count);
}

/// Credentials and keys are overwritten first.
static void forget(bson_t *document) {
    if (document) {
        explicit_bzero((uint8_t *)bson_get_data(document), document->len);
        bson_destroy(document);
    }
}

static void forget_parts(cm_encryption *encryption) {
    for (size_t part = 0; part < PARTS; part++) {
        mongoc_client_encryption_destroy(encryption->parts[part]);
        encryption->parts[part] = NULL;
    }
}

cm_encryption *cm_encryption_new(
    cm_client *client, const char *database, const char *collection, const cm_key_service *service,
    cm_error *error) {
    cm_encryption *encryption = bson_malloc0(sizeof *encryption);
    encryption->client = client;
    encryption->database = bson_strdup(database);
    encryption->collection = bson_strdup(collection);
    encryption->providers = copied(service->providers);
    encryption->tls = copied(service->tls);
    encryption->provider = bson_strdup(service->provider);
    encryption->master_key = copied(service->master_key);
    encryption->next = client->encryptions;
    client->encryptions = encryption;
    if (!encryption->providers || !encryption->tls || !encryption->master_key) {
        cm_fail_invalid(error, "a key service is described by documents");
        cm_encryption_free(encryption);
        return NULL;
    }
    return encryption;
}

void cm_encryption_free(cm_encryption *encryption) {
    for (cm_encryption **place = &encryption->client->encryptions; *place; place = &(*place)->next) {
        if (*place == encryption) {
            *place = encryption->next;
            break;
        }
    }
    forget_parts(encryption);
    bson_free(encryption->database);
    bson_free(encryption->collection);
    bson_free(encryption->provider);
    forget(encryption->providers);
    forget(encryption->tls);
    forget(encryption->master_key);
    bson_free(encryption);
}

void cm_encryptions_forget_driver(cm_client *client) {
    for (cm_encryption *each = client->encryptions; each; each = each->next) {
        forget_parts(each);
    }
}

/// The part of libmongocrypt's that has the data key of that id, any for NULL; made when first needed.
static mongoc_client_encryption_t *opened(cm_encryption *encryption, const uint8_t *key_id, cm_error *error) {
    mongoc_client_t *client = cm_driver(encryption->client);
    mongoc_client_encryption_t **part = &encryption->parts[key_id ? key_id[CM_KEY_ID_SIZE - 1] % PARTS : 0];
    if (*part) {
        return *part;
    }
    bson_error_t cause;
    mongoc_client_encryption_opts_t *options = mongoc_client_encryption_opts_new();
    mongoc_client_encryption_opts_set_keyvault_client(options, client);
    mongoc_client_encryption_opts_set_keyvault_namespace(options, encryption->database, encryption->collection);
    mongoc_client_encryption_opts_set_kms_providers(options, encryption->providers);
    if (!bson_empty(encryption->tls)) {
        mongoc_client_encryption_opts_set_tls_opts(options, encryption->tls);
    }
    *part = mongoc_client_encryption_new(options, &cause);
    mongoc_client_encryption_opts_destroy(options);
    if (!*part) {
        cm_fail(encryption->client, &cause, NULL, error);
    }
    return *part;
}

/// One call, for all its attempts.
typedef struct {
    cm_encryption *encryption;
    const char *name;
    uint8_t *key_id;
    bson_value_t *input;
    bson_value_t *output;
    const bson_t *filter;
} request;

/// Takes over the driver's error, where there is one.
static bool settle(const request *request, bool is_done, const bson_error_t *cause, cm_error *error) {
    if (!is_done) {
        cm_fail(request->encryption->client, cause, NULL, error);
    }
    return is_done;
}

static bool create_key_once(void *context, cm_error *error) {
    const request *it = context;
    mongoc_client_encryption_t *driver = opened(it->encryption, it->key_id, error);
    if (!driver) {
        return false;
    }
    bson_error_t cause;
    char *names[] = {(char *)it->name};
    mongoc_client_encryption_datakey_opts_t *options = mongoc_client_encryption_datakey_opts_new();
    mongoc_client_encryption_datakey_opts_set_keyaltnames(options, names, 1);
    if (!bson_empty(it->encryption->master_key)) {
        mongoc_client_encryption_datakey_opts_set_masterkey(options, it->encryption->master_key);
    }
    bool is_done = mongoc_client_encryption_create_datakey(
        driver, it->encryption->provider, options, it->output, &cause);
    mongoc_client_encryption_datakey_opts_destroy(options);
    return settle(it, is_done, &cause, error);
}

static bool encrypt_once(void *context, cm_error *error) {
    const request *it = context;
    mongoc_client_encryption_t *driver = opened(it->encryption, it->key_id, error);
    if (!driver) {
        return false;
    }
    bson_error_t cause;
    bson_value_t key = {.value_type = BSON_TYPE_BINARY};
    key.value.v_binary.subtype = BSON_SUBTYPE_UUID;
    key.value.v_binary.data = it->key_id;
    key.value.v_binary.data_len = CM_KEY_ID_SIZE;
    mongoc_client_encryption_encrypt_opts_t *options = mongoc_client_encryption_encrypt_opts_new();
    mongoc_client_encryption_encrypt_opts_set_keyid(options, &key);
    mongoc_client_encryption_encrypt_opts_set_algorithm(options, MONGOC_AEAD_AES_256_CBC_HMAC_SHA_512_RANDOM);
    bool is_done = mongoc_client_encryption_encrypt(driver, it->input, options, it->output, &cause);
    mongoc_client_encryption_encrypt_opts_destroy(options);
    return settle(it, is_done, &cause, error);
}

static bool decrypt_once(void *context, cm_error *error) {
    const request *it = context;
    mongoc_client_encryption_t *driver = opened(it->encryption, it->key_id, error);
    if (!driver) {
        return false;
    }
    bson_error_t cause;
    return settle(
        it, mongoc_client_encryption_decrypt(driver, it->input, it->output, &cause), &cause, error);
}

static bool rewrap_once(void *context, cm_error *error) {
    const request *it = context;
    mongoc_client_encryption_t *driver = opened(it->encryption, it->key_id, error);
    if (!driver) {
        return false;
    }
    bson_error_t cause;
    mongoc_client_encryption_rewrap_many_datakey_result_t *result =
        mongoc_client_encryption_rewrap_many_datakey_result_new();
    bool is_done = mongoc_client_encryption_rewrap_many_datakey(
        driver, it->filter, it->encryption->provider,
        bson_empty(it->encryption->master_key) ? NULL : it->encryption->master_key, result, &cause);
    mongoc_client_encryption_rewrap_many_datakey_result_destroy(result);
    return settle(it, is_done, &cause, error);
}

bool cm_encryption_rewrap(cm_encryption *encryption, cm_view view, cm_error *error) {
    bson_t filter;
    if (!cm_read(view, &filter, error)) {
        return false;
    }
    request request = {encryption, NULL, NULL, NULL, NULL, &filter};
    return cm_patiently(encryption->client, rewrap_once, &request, error);
}

bool cm_encryption_create_key(cm_encryption *encryption, const char *name, uint8_t *key_id, cm_error *error) {
    bson_value_t made = {0};
    request request = {encryption, name, NULL, NULL, &made, NULL};
    if (!cm_patiently(encryption->client, create_key_once, &request, error)) {
        return false;
    }
    bool is_id = made.value_type == BSON_TYPE_BINARY && made.value.v_binary.data_len == CM_KEY_ID_SIZE;
    if (is_id) {
        memcpy(key_id, made.value.v_binary.data, CM_KEY_ID_SIZE);
    } else {
        cm_fail_invalid(error, "the driver gave no key id");
    }
    bson_value_destroy(&made);
    return is_id;
}

bool cm_encryption_encrypt(
    cm_encryption *encryption, const uint8_t *key_id, cm_view document, cm_bytes *payload, cm_error *error) {
    bson_value_t made = {0};
    bson_value_t value = {.value_type = BSON_TYPE_DOCUMENT};
    value.value.v_doc.data = (uint8_t *)document.start;
    value.value.v_doc.data_len = (uint32_t)document.count;
    request request = {encryption, NULL, (uint8_t *)key_id, &value, &made, NULL};
    if (!cm_patiently(encryption->client, encrypt_once, &request, error)) {
        return false;
    }
    bool is_done = cm_copy(made.value.v_binary.data, made.value.v_binary.data_len, payload, error);
    bson_value_destroy(&made);
    return is_done;
}

bool cm_encryption_decrypt(cm_encryption *encryption, cm_view payload, cm_bytes *document, cm_error *error) {
    bson_value_t made = {0};
    bson_value_t sealed = {.value_type = BSON_TYPE_BINARY};
    sealed.value.v_binary.subtype = BSON_SUBTYPE_ENCRYPTED;
    sealed.value.v_binary.data = (uint8_t *)payload.start;
    sealed.value.v_binary.data_len = (uint32_t)payload.count;
    bool names_key = payload.count >= KEY_START_IN_PAYLOAD + CM_KEY_ID_SIZE;
    uint8_t *key_id = names_key ? (uint8_t *)payload.start + KEY_START_IN_PAYLOAD : NULL;
    request request = {encryption, NULL, key_id, &sealed, &made, NULL};
    if (!cm_patiently(encryption->client, decrypt_once, &request, error)) {
        return false;
    }
    bool is_document = made.value_type == BSON_TYPE_DOCUMENT;
    if (is_document) {
        is_document = cm_copy(made.value.v_doc.data, made.value.v_doc.data_len, document, error);
        explicit_bzero(made.value.v_doc.data, made.value.v_doc.data_len);
    } else {
        *error = (cm_error){.kind = CM_ERROR_ENCRYPTION};
    }
    bson_value_destroy(&made);
    return is_document;
}
