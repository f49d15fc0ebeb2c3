import BSON
import Primitives
import Testing

@Suite struct MalformedTests {
    @Test(arguments: [
        ("nothing", "", BSONError.truncated),
        ("shorter than any document", "0400000000", .truncated),
        ("a negative length", "ffffffff00", .truncated),
        ("a length beyond the bytes", "ffffff7f00", .truncated),
        ("no closing zero", "05000000ff", .badTerminator),
        ("a closing zero before the end", "060000000000", .badTerminator),
        ("a name that does not end", "070000000a6100", .truncated),
        ("a double cut by the document's end", "0b0000000164000000f000", .truncated),
        ("a string of length 0", "0c0000000261000000000000", .truncated),
        ("a string of length -1", "0c000000026100ffffffff00", .truncated),
        ("a string longer than the document", "0e00000002610005000000620000", .truncated),
        ("a string without its zero", "0e00000002610001000000620000", .badTerminator),
        ("a string with a lone UTF-8 continuation", "0e00000002610002000000e90000", .badText),
        ("a surrogate in UTF-8", "1000000002610004000000eda0800000", .badText),
        ("a name that is not UTF-8", "080000000ae90000", .badText),
        ("an inner document longer than the outer one", "100000000361000a0000000a62000000", .truncated),
        ("an inner document that claims the outer's zero", "0d000000036100060000000000", .truncated),
        ("binary of negative length", "0d000000057800ffffffff0000", .truncated),
        ("binary longer than the document", "0f0000000578000300000000ffff00", .truncated),
        ("old binary whose lengths disagree", "13000000057800060000000203000000ffff00", .badValue),
        ("old binary without its inner length", "0f0000000578000200000002ffff00", .truncated),
        ("a truth value of 2", "090000000862000200", .badValue),
        ("undefined, given up", "0800000006610000", .unsupportedType(6)),
        ("a symbol, given up", "0e0000000e610002000000620000", .unsupportedType(14)),
        ("an unknown type", "0800000080610000", .unsupportedType(128)),
    ])
    func `bytes that no encoder writes are refused by their fault`(_ name: String, _ hex: String, _ error: BSONError) {
        let bytes = Hex.decode(Array(hex.utf8)) ?? []
        #expect(throws: error, "\(name)") { try Document(parsing: bytes) }
    }

    static func nested(_ levels: Int) -> Document {
        var document = Document()
        for _ in 1..<levels { document = ["a": .document(document)] }
        return document
    }

    @Test func `a hundred levels are read, one more is not`() throws {
        let deepest = Self.nested(100)
        #expect(try Document(parsing: deepest.bytes) == deepest)
        #expect(throws: BSONError.tooDeep) { try Document(parsing: Self.nested(101).bytes) }
    }

    @Test func `a hundred thousand levels do not overflow the stack`() {
        var bytes: [UInt8] = []
        for level in 0..<100_000 {
            let length = UInt32(8 * (100_000 - level) + 5)
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * UInt32($0))) } + [3, 97, 0]
        }
        bytes += [5, 0, 0, 0] + [UInt8](repeating: 0, count: 100_001)
        #expect(throws: BSONError.tooDeep) { try Document(parsing: bytes) }
    }

    @Test func `any single byte changed in any known document is refused or read, and what is read is written back`() {
        for known in KnownBytesTests.known {
            for index in known.bytes.indices {
                for value in UInt8.min...UInt8.max {
                    var bytes = known.bytes
                    bytes[index] = value
                    expectReadBack(bytes)
                }
            }
        }
    }

    @Test func `random bytes are refused or read, and what is read is written back`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let count = Int.random(in: 5...64, using: &generator)
            var bytes = (0..<count).map { _ in UInt8.random(in: 0...20, using: &generator) }
            bytes.replaceSubrange(0..<4, with: [UInt8(count), 0, 0, 0])
            bytes[count - 1] = 0
            expectReadBack(bytes)
        }
    }

    /// Array members' names are the one thing that reading does not keep.
    private func expectReadBack(_ bytes: [UInt8]) {
        guard let document = try? Document(parsing: bytes) else { return }
        let again = try? Document(parsing: document.bytes)
        #expect(again?.bytes == document.bytes, "\(Hex.encode(bytes))")
    }
}
