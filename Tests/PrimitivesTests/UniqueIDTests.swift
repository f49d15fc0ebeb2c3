import Primitives
import Testing

@Suite struct UniqueIDTests {
    struct Repeating: RandomSource {
        let byte: UInt8

        func bytes(_ count: Int) -> [UInt8] { [UInt8](repeating: byte, count: count) }
    }

    /// RFC 9562, appendix A.6: the instant, the random bits given.
    @Test func `the example of RFC 9562 is made`() {
        struct Example: RandomSource {
            func bytes(_ count: Int) -> [UInt8] { [0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f] }
        }
        let id = UniqueID(at: Timestamp(milliseconds: 1_645_557_742_000), random: Example())
        #expect(id.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    }

    @Test(arguments: [UInt8(0), 0xff, 0x5a])
    func `version and variant are set whatever the random bits are`(byte: UInt8) {
        let id = UniqueID(at: Timestamp(milliseconds: 0x0102_0304_0506), random: Repeating(byte: byte))
        #expect(id.bytes.prefix(6) == [1, 2, 3, 4, 5, 6])
        #expect(id.bytes[6] >> 4 == 7)
        #expect(id.bytes[6] & 0x0f == byte & 0x0f)
        #expect(id.bytes[8] >> 6 == 2)
        #expect(id.bytes[8] & 0x3f == byte & 0x3f)
        #expect(id.bytes[9...].allSatisfy { $0 == byte })
    }

    @Test func `a later id sorts after an earlier one, as bytes and as text`() {
        let ids = (0..<1000).map { step in
            UniqueID(
                at: Timestamp(milliseconds: 1_700_000_000_000 + step * 17),
                random: Repeating(byte: UInt8(255 - step % 256)))
        }
        #expect(ids.shuffled().sorted() == ids)
        #expect(ids.map(\.description).sorted() == ids.map(\.description))
    }

    @Test(arguments: [Int64.min, -1, 0])
    func `an instant before 1970 counts as its beginning`(milliseconds: Int64) {
        let id = UniqueID(at: Timestamp(milliseconds: milliseconds), random: Repeating(byte: 1))
        #expect(id.bytes.prefix(6).allSatisfy { $0 == 0 })
    }

    @Test func `the text form is read back, in either case`() throws {
        let text = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"
        let id = try #require(UniqueID(parsing: text))
        #expect(id.description == text)
        #expect(UniqueID(parsing: text.uppercased()) == id)
        #expect(UniqueID(bytes: id.bytes) == id)
    }

    @Test(arguments: [
        "", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
        "{017f22e2-79b0-7cc3-98c4-dc0c0c0739}", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
        "017f22e27-9b0-7cc3-98c4-dc0c0c07398f",
        "017f22e2_79b0_7cc3_98c4_dc0c0c07398f", "-17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4-dc0c0c0739é",
    ])
    func `any other text is no id`(text: String) {
        #expect(UniqueID(parsing: text) == nil)
    }

    @Test(arguments: [0, 1, 15, 17, 32])
    func `only sixteen bytes are an id`(count: Int) {
        #expect(UniqueID(bytes: [UInt8](repeating: 0, count: count)) == nil)
    }
}
