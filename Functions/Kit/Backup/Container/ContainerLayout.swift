import BSON
import Cryptography

/// A container file: eight bytes of name, the header's BSON document, then the pieces, each behind its length in four
/// bytes, least significant first.
enum ContainerLayout {
    static let magic = Array("PSRLBKP1".utf8)
    static let pieceLength = 64 << 10
    static let longestHeader = 16 << 10

    /// What the header's signature is over: only who made the stream's key, or can open it, knows that.
    static func signed(_ header: Document, streamKey: [UInt8]) -> [UInt8] {
        Array("backup".utf8) + header.bytes + streamKey
    }

    /// What each piece is bound to.
    static func binding(_ header: [UInt8]) -> [UInt8] {
        SHA256.hash(magic + header)
    }

    static func number(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    static func number(_ bytes: [UInt8]) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
