import Platform

/// What a snapshot file says of itself on its first page.
struct SnapshotHeader: Equatable {
    static let magic: UInt64 = 0x7368_6F74_7061_7373
    static let version: UInt32 = 1
    static let length = 4096

    /// How much there is of everything.
    var counts: SnapshotCounts
    /// The first second of the week that the half hours are of.
    var week: Int64
    /// Which database it was made from.
    var source: SnapshotSource
    /// The checksum of the table of checksums.
    var tableChecksum: UInt64

    var bytes: [UInt8] {
        var writer = FieldWriter()
        writer.number(Self.magic)
        writer.number(Self.version)
        for count in [counts.profiles, counts.games, counts.entries, counts.nameBytes] { writer.number(UInt32(count)) }
        writer.number(week)
        writer.append(source.bytes)
        writer.number(tableChecksum)
        writer.number(Checksum.of(writer.bytes))
        return writer.bytes + [UInt8](repeating: 0, count: Self.length - writer.bytes.count)
    }
}

extension SnapshotHeader {
    /// Reads the first page; throws `.foreign` for what is no snapshot of this version.
    init(parsing bytes: [UInt8]) throws(SnapshotError) {
        guard bytes.count == Self.length else { throw .damaged }
        var reader = FieldReader(bytes)
        guard try reader.number() == Self.magic, try reader.number() == Self.version else { throw .foreign }
        let numbers: [UInt32] = try reader.numbers(4)
        counts = SnapshotCounts(
            profiles: Int(numbers[0]), games: Int(numbers[1]), entries: Int(numbers[2]), nameBytes: Int(numbers[3]))
        week = try reader.number()
        source = SnapshotSource(bytes: Array(try reader.take(SnapshotSource.length)))
        tableChecksum = try reader.number()
        guard self.bytes == bytes else { throw .damaged }
    }
}

/// Which database a snapshot was made from: 32 bytes that no other one has.
public struct SnapshotSource: Hashable, Sendable {
    static let length = 32
    let bytes: [UInt8]

    /// Takes up to 32 bytes.
    public init(bytes: [UInt8]) {
        let bytes = Array(bytes.prefix(Self.length))
        self.bytes = bytes + [UInt8](repeating: 0, count: Self.length - bytes.count)
    }
}
