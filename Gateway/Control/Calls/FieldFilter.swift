/// Which header fields pass between callers and functions.
enum FieldFilter {
    /// The field by which functions tell the gateway what to count.
    static let metrics = "passerelle-metrics"

    /// True for a caller's field that a function sees; names are in lower case.
    ///
    /// Left out are what concerns one connection alone (RFC 9110, section 7.6.1), what the gateway sets itself, and
    /// `Grip-*`, which only functions may say.
    static func passesIn(_ name: Span<UInt8>) -> Bool {
        guard name.count > 1, !name.begins(with: "grip-"), !name.begins(with: "x-forwarded-") else {
            return name.count == 1
        }
        return switch name.count {
        case 2: !name.equals("te")
        case 6: !name.equals("expect")
        case 7: !name.equals("trailer") && !name.equals("upgrade")
        case 9: !name.equals("forwarded") && !name.equals("x-call-id") && !name.equals("x-real-ip")
        case 10: !name.equals("connection") && !name.equals("keep-alive")
        case 12: !name.equals("x-start-time")
        case 14: !name.equals("content-length")
        case 16: !name.equals("proxy-connection")
        case 17: !name.equals("transfer-encoding")
        case 18: !name.equals("proxy-authenticate")
        case 19: !name.equals("proxy-authorization")
        default: true
        }
    }

    /// True for a function's field that a caller sees; names are in lower case.
    static func passesOut(_ name: String) -> Bool {
        switch name {
        case "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "te", "trailer",
            "transfer-encoding", "upgrade", "content-length", "date", "server", "x-call-id", "x-start-time",
            "x-duration-seconds", metrics:
            false
        default: !name.hasPrefix("grip-")
        }
    }
}

extension Span<UInt8> {
    /// True where the bytes are that text.
    func equals(_ text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount && begins(with: text)
    }

    /// True where the bytes begin with that text.
    func begins(with text: StaticString) -> Bool {
        guard count >= text.utf8CodeUnitCount else { return false }
        for index in 0..<text.utf8CodeUnitCount where unsafe self[index] != text.utf8Start[index] { return false }
        return true
    }
}
