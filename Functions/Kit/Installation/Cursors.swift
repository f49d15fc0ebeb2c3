import Cryptography
public import Primitives
public import Runtime

/// Where a list goes on: opaque to callers, bound to who asked and for which list.
public struct Cursors: Sendable {
    private let key: [UInt8]
    private static let macLength = 16
    private static let longest = 512

    /// Signs cursors with a key derived from `secret`.
    init(secret: [UInt8]) {
        key = HMAC.sha256(key: secret, Array("list-cursors".utf8))
    }

    /// The cursor behind `position`, for the same caller and list alone.
    public func seal(_ position: [UInt8], list: String, caller: UniqueID?) -> String {
        Base64.url.encode(position + mac(position, list, caller))
    }

    /// The position that `cursor` stands for; throws 400 where it is broken, or somebody else's.
    public func open(_ cursor: String, list: String, caller: UniqueID?) throws(FunctionFailure) -> [UInt8] {
        guard cursor.utf8.count <= Self.longest, let bytes = Base64.url.decode(cursor),
            bytes.count >= Self.macLength
        else { throw .invalidCursor }
        let position = Array(bytes.dropLast(Self.macLength))
        guard constantTimeEqual(mac(position, list, caller), Array(bytes.suffix(Self.macLength))) else {
            throw .invalidCursor
        }
        return position
    }

    private func mac(_ position: [UInt8], _ list: String, _ caller: UniqueID?) -> [UInt8] {
        let bound = Array(list.utf8) + [0] + (caller?.bytes ?? []) + position
        return Array(HMAC.sha256(key: key, bound).prefix(Self.macLength))
    }
}

extension FunctionFailure {
    static let invalidCursor = FunctionFailure.invalidRequest(
        detail: "The parameter after is not a cursor of this list; start again without it.")
}
