import Glibc

/// Numeric IP addresses.
enum NetworkAddress {
    /// True for an IPv4 or IPv6 address in digits.
    static func isNumeric(_ text: String) -> Bool {
        var (short, long) = (in_addr(), in6_addr())
        return unsafe inet_pton(AF_INET, text, &short) == 1 || inet_pton(AF_INET6, text, &long) == 1
    }

    /// The address as it stands in a URL: IPv6 in brackets, and the loopback one for an address that means all.
    static func inURL(_ bind: String) -> String {
        switch bind {
        case "0.0.0.0": "127.0.0.1"
        case "::": "[::1]"
        default: bind.contains(":") ? "[\(bind)]" : bind
        }
    }
}
