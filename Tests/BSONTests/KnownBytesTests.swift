import BSON
import Primitives
import Testing

/// Documents and their bytes, from bsonspec.org's examples and the facts of MongoDB's BSON corpus.
@Suite struct KnownBytesTests {
    struct Known: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let hex: String
        let document: Document

        init(_ name: String, _ hex: String, _ document: Document) {
            testDescription = name
            self.hex = hex
            self.document = document
        }

        var bytes: [UInt8] { Hex.decode(Array(hex.utf8)) ?? [] }
    }

    static let known = [
        Known("empty", "0500000000", [:]),
        Known("hello world", "160000000268656c6c6f0006000000776f726c640000", ["hello": "world"]),
        Known(
            "awesome",
            "310000000442534f4e002600000002300008000000617765736f6d65000131003333333333331440103200c2070000"
                + "0000", ["BSON": ["awesome", 5.05, .int32(1986)]]),
        Known("+1.0", "10000000016400000000000000f03f00", ["d": 1.0]),
        Known("-0.0", "10000000016400000000000000008000", ["d": .double(-0.0)]),
        Known("infinity", "10000000016400000000000000f07f00", ["d": .double(.infinity)]),
        Known("empty string", "0d000000026100010000000000", ["a": ""]),
        Known("embedded NUL", "190000000261000d0000006162006261620062616261620000", ["a": "ab\u{0}bab\u{0}babab"]),
        Known("three-byte UTF-8", "190000000261000d000000e29886e29886e29886e298860000", ["a": "☆☆☆☆"]),
        Known("empty key", "0c0000000300050000000000", ["": [:]]),
        Known("empty array", "0d000000046100050000000000", ["a": []]),
        Known("subtype 0", "0f0000000578000200000000ffff00", ["x": .binary(subtype: 0, bytes: [255, 255])]),
        Known("subtype 2", "13000000057800060000000202000000ffff00", ["x": .binary(subtype: 2, bytes: [255, 255])]),
        Known(
            "subtype 4", "1d000000057800100000000473ffd26444b34c6990e8e7d1dfc035d400",
            ["x": .binary(subtype: 4, bytes: Hex.decode(Array("73ffd26444b34c6990e8e7d1dfc035d4".utf8)) ?? [])]),
        Known(
            "ObjectID", "1400000007610056e1fc72e0c917e9c471416100",
            [
                "a": ObjectID(bytes: Hex.decode(Array("56e1fc72e0c917e9c4714161".utf8)) ?? []).map(BSONValue.objectID)
                    ?? .null
            ]),
        Known("true", "090000000862000100", ["b": true]),
        Known("false", "090000000862000000", ["b": false]),
        Known(
            "a date before 1970", "10000000096100c43ce7b9bdffffff00",
            ["a": .date(Timestamp(milliseconds: -284_643_869_500))]),
        Known("null", "080000000a610000", ["a": .null]),
        Known("regex", "0f0000000b610061626300696d0000", ["a": .regex(pattern: "abc", options: "im")]),
        Known("code", "190000000d61000d0000006162616261626162616261620000", ["a": .javascript("abababababab")]),
        Known("int32 -1", "0c000000106900ffffffff00", ["i": .int32(-1)]),
        Known("int32 minimum", "0c0000001069000000008000", ["i": .int32(.min)]),
        Known("timestamp", "100000001161002a00000015cd5b0700", ["a": .timestamp(seconds: 123_456_789, increment: 42)]),
        Known("int64 minimum", "10000000126100000000000000008000", ["a": .int64(.min)]),
        Known("int64 -1", "10000000126100ffffffffffffffff00", ["a": -1]),
        Known(
            "decimal 0.1", "1800000013640001000000000000000000000000003e3000",
            ["d": .decimal128(Decimal128(high: 0x303E_0000_0000_0000, low: 1))]),
        Known("minKey", "08000000ff610000", ["a": .minKey]),
        Known("maxKey", "080000007f610000", ["a": .maxKey]),
    ]

    @Test(arguments: known)
    func `a document is written as the specification has it`(_ known: Known) {
        #expect(Hex.encode(known.document.bytes) == known.hex)
    }

    @Test(arguments: known)
    func `its bytes are read as that document`(_ known: Known) throws {
        #expect(try Document(parsing: known.bytes) == known.document)
    }

    @Test(arguments: known)
    func `cut anywhere, or with a byte more, it is refused`(_ known: Known) {
        for length in known.bytes.indices {
            #expect(throws: BSONError.self) { try Document(parsing: Array(known.bytes[..<length])) }
        }
        #expect(throws: BSONError.trailingBytes) { try Document(parsing: known.bytes + [0]) }
    }

    @Test func `a NaN keeps its bits`() throws {
        let bytes = Hex.decode(Array("10000000016400120000000000f87f00".utf8)) ?? []
        #expect(try Document(parsing: bytes).bytes == bytes)
    }

    @Test func `array members are read in order whatever their names`() throws {
        let bytes = Hex.decode(Array("130000000461000b00000010000a000000 0000".filter { $0 != " " }.utf8)) ?? []
        #expect(try Document(parsing: bytes) == ["a": [.int32(10)]])
    }
}
