import Platform
public import Primitives

/// What changes in a snapshot file in place: one short piece, written at once and guarded by a checksum.
public struct SnapshotState: Equatable, Sendable {
    /// Up to when all changes are in it.
    public internal(set) var asOf: Timestamp
    /// Where the database's changes go on: seconds and increment of its own time.
    public internal(set) var position: Position
    /// Where the file's changes end.
    var end: UInt64
    /// Whether another file has taken its place.
    var isRetired: Bool

    static let length = 40

    /// A time of the database.
    public struct Position: Hashable, Comparable, Sendable {
        /// Seconds since the epoch.
        public let seconds: UInt32
        /// Counts within the second.
        public let increment: UInt32

        /// Takes both as they are.
        public init(seconds: UInt32, increment: UInt32) {
            self.seconds = seconds
            self.increment = increment
        }

        /// Earlier first.
        public static func < (one: Position, other: Position) -> Bool {
            (one.seconds, one.increment) < (other.seconds, other.increment)
        }
    }

    var bytes: [UInt8] {
        var writer = FieldWriter()
        writer.number(asOf.milliseconds)
        writer.number(end)
        writer.number(position.seconds)
        writer.number(position.increment)
        writer.number(UInt64(isRetired ? 1 : 0))
        writer.number(Checksum.of(writer.bytes))
        return writer.bytes
    }
}

extension SnapshotState {
    init(parsing bytes: [UInt8]) throws(SnapshotError) {
        var reader = FieldReader(bytes)
        asOf = Timestamp(milliseconds: try reader.number())
        end = try reader.number()
        position = Position(seconds: try reader.number(), increment: try reader.number())
        isRetired = try reader.number(UInt64.self) != 0
        guard self.bytes == bytes else { throw .damaged }
    }
}
