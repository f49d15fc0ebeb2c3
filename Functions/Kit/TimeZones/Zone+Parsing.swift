extension Zone {
    private static let most = 4096

    /// Reads a TZif file of version 2 or later; `nil` for anything else.
    public init?(parsing file: [UInt8]) {
        var reader = ZoneReader(file)
        guard let old = Header(&reader), old.version >= UInt8(ascii: "2"), reader.skip(old.size(timeWidth: 4)),
            let header = Header(&reader), header.times <= Self.most, (1...256).contains(header.types)
        else { return nil }
        guard let times = reader.list(header.times, { $0.integer(8) }), let kinds = reader.bytes(header.times),
            let offsets = reader.list(header.types, Self.offset), zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }),
            kinds.allSatisfy({ Int($0) < offsets.count }), reader.skip(header.rest), let footer = reader.footer()
        else { return nil }
        changes = zip(times, kinds).map { Change(at: $0, offset: offsets[Int($1)]) }
        first = offsets[0]
        if footer.isEmpty {
            rule = nil
        } else {
            guard let found = YearlyRule(parsing: footer) else { return nil }
            rule = found
        }
    }

    /// A local time type: offset, whether it is summer time, and where its name stands.
    private static func offset(_ reader: inout ZoneReader) -> Int64? {
        guard let offset = reader.integer(4), reader.skip(2), abs(offset) <= 26 * 3600 else { return nil }
        return offset
    }
}

/// How much of what a block of the file holds.
private struct Header {
    let version: UInt8
    let times: Int
    let types: Int
    private let characters: Int
    private let leaps: Int
    private let marks: Int

    init?(_ reader: inout ZoneReader) {
        guard reader.bytes(4) == Array("TZif".utf8), let version = reader.bytes(1)?.first, reader.skip(15),
            let counts = reader.list(6, { $0.integer(4) }), counts.allSatisfy({ (0...65_536).contains($0) })
        else { return nil }
        self.version = version
        marks = Int(counts[0] + counts[1])
        leaps = Int(counts[2])
        times = Int(counts[3])
        types = Int(counts[4])
        characters = Int(counts[5])
    }

    func size(timeWidth width: Int) -> Int {
        times * (width + 1) + types * 6 + characters + leaps * (width + 4) + marks
    }

    /// What follows the types in a block of 64-bit times.
    var rest: Int { characters + leaps * 12 + marks }
}

/// Takes a file apart from front to back.
private struct ZoneReader {
    private var left: ArraySlice<UInt8>

    init(_ file: [UInt8]) {
        left = file[...]
    }

    mutating func bytes(_ count: Int) -> [UInt8]? {
        guard count <= left.count else { return nil }
        defer { left = left.dropFirst(count) }
        return Array(left.prefix(count))
    }

    mutating func skip(_ count: Int) -> Bool {
        bytes(count) != nil
    }

    /// A number in two's complement, the most significant byte first.
    mutating func integer(_ width: Int) -> Int64? {
        guard let bytes = bytes(width) else { return nil }
        let number = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return width == 4 ? Int64(Int32(truncatingIfNeeded: number)) : Int64(bitPattern: number)
    }

    mutating func list(_ count: Int, _ read: (inout ZoneReader) -> Int64?) -> [Int64]? {
        var list: [Int64] = []
        for _ in 0..<count {
            guard let number = read(&self) else { return nil }
            list.append(number)
        }
        return list
    }

    /// The line that the file ends with, between two newlines.
    mutating func footer() -> [UInt8]? {
        guard left.first == 10, left.count >= 2, left.count <= 128, left.last == 10 else { return nil }
        return Array(left.dropFirst().dropLast())
    }
}
