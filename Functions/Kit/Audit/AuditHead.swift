import BSON
import Primitives

/// The end of the chain, signed: kept in the database and, line by line, outside it.
public struct AuditHead: Equatable, Sendable {
    /// The last sealed event's place; 0 before the first.
    public let seq: Int64
    /// The last sealed event's hash; 32 zero bytes before the first.
    public let hash: [UInt8]

    static let id = "head"
    static let beginning = AuditHead(seq: 0, hash: [UInt8](repeating: 0, count: 32))

    /// The head as a line of the file outside the database.
    public var line: String {
        "\(seq) \(Hex.encode(hash))"
    }

    /// Reads such a line; `nil` for anything else.
    public init?(line: some StringProtocol) {
        let parts = line.split(separator: " ")
        guard parts.count == 2, let seq = Int64(parts[0]), let hash = Hex.decode(Array(parts[1].utf8)) else {
            return nil
        }
        self.init(seq: seq, hash: hash)
    }

    init(seq: Int64, hash: [UInt8]) {
        self.seq = seq
        self.hash = hash
    }

    /// Reads the stored head; `nil` where its signature is not ours.
    init?(_ document: Document, _ keys: AuditKeys) {
        guard let seq = document["seq"]?.integer, let hash = document["hash"]?.binary,
            let key = document["keyId"]?.string.flatMap({ keys[$0] })
        else { return nil }
        self.init(seq: seq, hash: hash)
        guard document["mac"]?.binary == mac(key) else { return nil }
    }

    func document(_ keys: AuditKeys) -> Document {
        [
            "seq": .int64(seq), "hash": .bytes(hash), "keyId": .string(keys.current.id),
            "mac": .bytes(mac(keys.current)),
        ]
    }

    private func mac(_ key: AuditKey) -> [UInt8] {
        key.mac(Array("head \(line)".utf8))
    }
}
