/// Which header fields pass between callers and functions.
enum FieldFilter {
    /// True for a caller's field that a function sees; names are in lower case.
    ///
    /// Left out are what concerns one connection alone (RFC 9110, section 7.6.1), what the gateway sets itself, and
    /// `Grip-*`, which only functions may say.
    static func passesIn(_ name: Span<UInt8>) -> Bool {
        switch name.count {
        case 2: !name.equals("te")
        case 6: !name.equals("expect")
        case 7: !name.equals("trailer") && !name.equals("upgrade") && !name.begins(with: "grip-")
        case 9: !name.equals("forwarded") && !name.equals("x-call-id") && !name.equals("x-real-ip") && plain(name)
        case 10: !name.equals("connection") && !name.equals("keep-alive") && plain(name)
        case 12: !name.equals("x-start-time") && plain(name)
        case 14: !name.equals("content-length") && plain(name)
        case 16: !name.equals("proxy-connection") && plain(name)
        case 17: !name.equals("transfer-encoding") && plain(name)
        case 18: !name.equals("proxy-authenticate") && plain(name)
        case 19: !name.equals("proxy-authorization") && plain(name)
        default: plain(name)
        }
    }

    private static func plain(_ name: Span<UInt8>) -> Bool {
        guard name.count > 5 else { return true }
        return switch name[0] {
        case UInt8(ascii: "g"): !name.begins(with: "grip-")
        case UInt8(ascii: "x"): !name.begins(with: "x-forwarded-")
        default: true
        }
    }

    /// True for a function's field that a caller sees; names are in lower case.
    static func passesOut(_ name: String) -> Bool {
        switch name {
        case "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "te", "trailer",
            "transfer-encoding", "upgrade", "content-length", "date", "server", "x-call-id", "x-start-time",
            "x-duration-seconds":
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
