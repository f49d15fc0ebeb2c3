import BSON
import Primitives
import Testing

@Suite struct DocumentTests {
    @Test func `members keep their order, and setting replaces in place`() {
        var document: Document = ["b": 1, "a": 2]
        document["c"] = 3
        document["b"] = "x"
        #expect(document.names == ["b", "a", "c"])
        document["a"] = nil
        document["nothing"] = nil
        #expect(document == ["b": "x", "c": 3])
    }

    @Test func `the order of members matters to equality`() {
        let one: Document = ["a": 1, "b": 2]
        #expect(one != ["b": 2, "a": 1])
    }

    @Test func `merging sets the other's members`() {
        let merged = (["a": 1, "b": 2] as Document).merging(["b": 3, "c": 4])
        #expect(merged == ["a": 1, "b": 3, "c": 4])
    }

    @Test func `a missing value and a null are told apart`() {
        let document: Document = ["a": .null]
        #expect(document["a"] == BSONValue.null)
        #expect(document["a"]?.isNull == true)
        #expect(document["b"] == nil)
    }

    @Test func `a name cannot break out of its place`() throws {
        let document: Document = ["a\u{0}\u{10}b": 1]
        let read = try Document(parsing: document.bytes)
        #expect(read.names == ["a\u{FFFD}\u{10}b"])
        #expect(read.elements.map(\.value) == [1])
    }

    @Test func `accessors give what is there and nothing else`() {
        let id = UniqueID(bytes: Array(0..<16))
        #expect(BSONValue.int32(7).integer == 7)
        #expect(BSONValue.int64(7).integer == 7)
        #expect(BSONValue.double(7).integer == nil)
        #expect(BSONValue.int32(7).double == 7)
        #expect(("x" as BSONValue).string == "x")
        #expect(BSONValue.javascript("x").string == nil)
        #expect(id.map(BSONValue.id)?.id == id)
        #expect(BSONValue.binary(subtype: 0, bytes: Array(0..<16)).id == nil)
        #expect(BSONValue.binary(subtype: 4, bytes: [1]).id == nil)
        #expect(BSONValue.binary(subtype: 6, bytes: [1]).binary == [1])
        #expect(BSONValue.date(Timestamp(milliseconds: 5)).date == Timestamp(milliseconds: 5))
        #expect((["a": 1] as BSONValue).document == ["a": 1])
        #expect(([1, 2] as BSONValue).array == [1, 2])
        #expect((true as BSONValue).bool == true)
        #expect((1 as BSONValue).bool == nil)
    }

    @Test func `duplicate names are read, and the first one counts`() throws {
        let document = Document([.init(name: "a", value: 1), .init(name: "a", value: 2)])
        let read = try Document(parsing: document.bytes)
        #expect(read.elements.count == 2)
        #expect(read["a"] == 1)
    }

    @Test func `any document comes back as it was`() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let document = Self.document(levels: 4, &generator)
            #expect(try Document(parsing: document.bytes) == document)
        }
    }

    private static func document(levels: Int, _ generator: inout SystemRandomNumberGenerator) -> Document {
        let count = Int.random(in: 0...5, using: &generator)
        return Document(
            (0..<count).map {
                Document.Element(name: "n\($0)é", value: value(levels: levels, &generator))
            })
    }

    private static func value(levels: Int, _ generator: inout SystemRandomNumberGenerator) -> BSONValue {
        let bytes = (0..<Int.random(in: 0...20, using: &generator)).map { _ in UInt8.random(in: 0...255) }
        let number = Int64.random(in: .min ... .max, using: &generator)
        return switch Int.random(in: levels > 0 ? 0...14 : 2...14, using: &generator) {
        case 0: .document(document(levels: levels - 1, &generator))
        case 1: .array((0..<3).map { _ in value(levels: levels - 1, &generator) })
        case 2: .string(String(decoding: bytes, as: UTF8.self))
        case 3: .binary(subtype: bytes.first ?? 0, bytes: bytes)
        case 4: .double(Double(number) / 7)
        case 5: .int32(Int32(truncatingIfNeeded: number))
        case 6: .int64(number)
        case 7: .date(Timestamp(milliseconds: number))
        case 8: .bool(number > 0)
        case 9: .null
        case 10: .timestamp(seconds: UInt32(truncatingIfNeeded: number), increment: UInt32(bytes.count))
        case 11: .decimal128(Decimal128(high: UInt64(bitPattern: number), low: 3))
        case 12: .regex(pattern: "^a\(number)", options: "i")
        case 13: .minKey
        default: .maxKey
        }
    }
}
