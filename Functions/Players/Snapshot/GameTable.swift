/// The games that a snapshot's libraries name, each by a number from 0.
struct GameTable {
    private(set) var names: [String] = []
    private var indices: [String: Int] = [:]

    init() {}

    /// The game's number, a new one where it has none.
    mutating func index(of name: String) -> Int {
        if let index = indices[name] { return index }
        indices[name] = names.count
        names.append(name)
        return names.count - 1
    }

    /// The game's number; `nil` where nobody plays it.
    func known(_ name: String) -> Int? {
        indices[name]
    }

    var bytes: [UInt8] {
        var writer = FieldWriter()
        for name in names { writer.text(name) }
        return writer.bytes
    }

    init(parsing bytes: [UInt8], count: Int) throws(SnapshotError) {
        var reader = FieldReader(bytes)
        for number in 0..<count {
            guard index(of: try reader.text()) == number else { throw .damaged }
        }
    }
}
