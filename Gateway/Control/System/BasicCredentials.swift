import Primitives

/// A user and a password, as basic authentication has them (RFC 7617).
struct BasicCredentials {
    private let user: [UInt8]
    private let password: [UInt8]

    /// Takes both as they stand in secrets' files; `nil` where one of them is empty.
    init?(user: [UInt8]?, password: [UInt8]?) {
        guard let user = user.map(Self.line), let password = password.map(Self.line), !user.isEmpty, !password.isEmpty
        else { return nil }
        self.user = user
        self.password = password
    }

    /// Reads the value of an `Authorization` field; `nil` for another scheme or form.
    init?(field: String) {
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic",
            let bytes = Base64.standard.decode(parts[1]), let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        else { return nil }
        user = Array(bytes[..<colon])
        password = Array(bytes[(colon + 1)...])
    }

    /// Whether both are the same; takes as long wherever they differ.
    func matches(_ other: BasicCredentials) -> Bool {
        let sameUser = Self.differences(user, other.user)
        let samePassword = Self.differences(password, other.password)
        return sameUser | samePassword == 0
    }

    /// 0 for equal bytes; every byte of `given` is looked at, whatever was found before.
    private static func differences(_ kept: [UInt8], _ given: [UInt8]) -> UInt8 {
        var found: UInt8 = kept.count == given.count ? 0 : 1
        for index in given.indices { found |= given[index] ^ kept[index % kept.count] }
        return found
    }

    private static func line(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        while let last = bytes.last, last == 10 || last == 13 { bytes.removeLast() }
        return bytes
    }
}
