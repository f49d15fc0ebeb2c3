#include "Internal.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct range {
    uint32_t first;
    int bits;
};

// What is no single host's address in the public Internet (RFC 6890 and its registry).
static const struct range special[] = {
    {0x00000000, 8},  {0x0a000000, 8},  {0x64400000, 10}, {0x7f000000, 8},  {0xa9fe0000, 16},
    {0xac100000, 12}, {0xc0000000, 24}, {0xc0000200, 24}, {0xc0586300, 24}, {0xc0a80000, 16},
    {0xc6120000, 15}, {0xc6336400, 24}, {0xcb007100, 24}, {0xe0000000, 3},
};

static bool is_public4(uint32_t address) {
    for (size_t index = 0; index < sizeof special / sizeof *special; index++) {
        uint32_t mask = ~(uint32_t)0 << (32 - special[index].bits);
        if ((address & mask) == special[index].first) return false;
    }
    return true;
}

static uint32_t embedded(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

// Global unicast is 2000::/3; of it, what stands for an IPv4 address counts as that one.
static bool is_public6(const uint8_t *bytes) {
    static const uint8_t translated[12] = {0x00, 0x64, 0xff, 0x9b};
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (memcmp(bytes, translated, 12) == 0 || memcmp(bytes, mapped, 12) == 0) return is_public4(embedded(bytes + 12));
    if ((bytes[0] & 0xe0) != 0x20) return false;
    if (bytes[0] == 0x20 && bytes[1] == 0x02) return is_public4(embedded(bytes + 2));
    bool is_special = bytes[0] == 0x20 && bytes[1] == 0x01 && (bytes[2] < 0x02 || (bytes[2] == 0x0d && bytes[3] == 0xb8));
    return !is_special;
}

static bool is_public(const struct sockaddr *address) {
    if (address->sa_family == AF_INET) {
        return is_public4(ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr));
    }
    if (address->sa_family != AF_INET6) return false;
    return is_public6(((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr);
}

static curl_socket_t open_socket(void *client, curlsocktype purpose, struct curl_sockaddr *address) {
    (void)client;
    if (purpose != CURLSOCKTYPE_IPCXN || !is_public(&address->addr)) return CURL_SOCKET_BAD;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool cc_public_only(cc_client *client) {
    return curl_easy_setopt(client->curl, CURLOPT_OPENSOCKETFUNCTION, open_socket) == CURLE_OK &&
           curl_easy_setopt(client->curl, CURLOPT_FRESH_CONNECT, 1L) == CURLE_OK;
}
