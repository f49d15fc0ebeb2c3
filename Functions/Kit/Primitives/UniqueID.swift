/// A UUID of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then random bits.
public struct UniqueID: Hashable, Sendable {
    /// The sixteen bytes, most significant first.
    public let bytes: [UInt8]

    /// The id of nothing, all bits zero (RFC 9562, section 5.9).
    public static let zero = UniqueID(zeros: ())

    private init(zeros: Void) {
        bytes = [UInt8](repeating: 0, count: 16)
    }

    /// Makes a new id for the instant `now`.
    public init(at now: Timestamp, random: some RandomSource) {
        let milliseconds = UInt64(bitPattern: max(0, now.milliseconds))
        var bytes = (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> (40 - 8 * UInt64($0))) }
        bytes += random.bytes(10)
        bytes[6] = 0x70 | (bytes[6] & 0x0f)
        bytes[8] = 0x80 | (bytes[8] & 0x3f)
        self.bytes = bytes
    }

    /// Takes sixteen bytes as they are, of any UUID version; `nil` for another count.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads the canonical text form, 36 characters with hyphens, either case; `nil` for anything else.
    public init?(parsing text: String) {
        let characters = Array(text.utf8)
        guard characters.count == 36 else { return nil }
        let hyphens = [8, 13, 18, 23]
        guard hyphens.allSatisfy({ characters[$0] == UInt8(ascii: "-") }) else { return nil }
        let digits = characters.indices.filter { !hyphens.contains($0) }.map { characters[$0] }
        guard let bytes = Hex.decode(digits) else { return nil }
        self.bytes = bytes
    }
}

extension UniqueID: CustomStringConvertible {
    /// The canonical text form in lower case.
    public var description: String {
        let digits = Hex.digits(of: bytes)
        let groups = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
        return String(decoding: Array(groups.joined(separator: [UInt8(ascii: "-")])), as: UTF8.self)
    }
}

extension UniqueID: Comparable {
    /// Earlier first.
    public static func < (left: UniqueID, right: UniqueID) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
