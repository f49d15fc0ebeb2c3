import Glibc

/// Numeric IP addresses.
enum NetworkAddress {
    /// True for an IPv4 or IPv6 address in digits.
    static func isNumeric(_ text: String) -> Bool {
        bytes(text) != nil
    }

    /// The 4 bytes of an IPv4 address in digits, the 16 of an IPv6 one; `nil` for anything else.
    static func bytes(_ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        if unsafe inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes.prefix(4)) }
        return unsafe inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
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
