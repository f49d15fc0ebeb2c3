import Primitives
import Testing

@Suite struct EncodingTests {
    static let plain = ["", "f", "fo", "foo", "foob", "fooba", "foobar"]
    static let base64 = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"]
    static let base32 = ["", "MY", "MZXQ", "MZXW6", "MZXW6YQ", "MZXW6YTB", "MZXW6YTBOI"]
    static let base16 = ["", "66", "666f", "666f6f", "666f6f62", "666f6f6261", "666f6f626172"]

    /// RFC 4648, section 10, padding left out where we write none.
    @Test(arguments: plain.indices)
    func `encodings are as in RFC 4648`(index: Int) {
        let bytes = Array(Self.plain[index].utf8)
        #expect(Base64.standard.encode(bytes) == Self.base64[index])
        #expect(Base64.url.encode(bytes) == Self.base64[index].prefix { $0 != "=" })
        #expect(Base32.encode(bytes) == Self.base32[index])
        #expect(Hex.encode(bytes) == Self.base16[index])
        #expect(Base64.standard.decode(Self.base64[index]) == bytes)
        #expect(Base64.url.decode(Self.base64[index].prefix { $0 != "=" }) == bytes)
        #expect(Base32.decode(Self.base32[index]) == bytes)
        #expect(Base32.decode(Self.base32[index].lowercased()) == bytes)
        #expect(Hex.decode(Array(Self.base16[index].utf8)) == bytes)
        #expect(Hex.decode(Array(Self.base16[index].uppercased().utf8)) == bytes)
    }

    @Test func `the two alphabets of base64 differ in two characters`() {
        #expect(Base64.standard.encode([0xfb, 0xff, 0xbf]) == "+/+/")
        #expect(Base64.url.encode([0xfb, 0xff, 0xbf]) == "-_-_")
        #expect(Base64.standard.decode("-_-_") == nil)
        #expect(Base64.url.decode("+/+/") == nil)
    }

    @Test(arguments: 0..<300)
    func `bytes of every length and value come back`(length: Int) {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ length) }
        #expect(Base64.standard.decode(Base64.standard.encode(bytes)) == bytes)
        #expect(Base64.url.decode(Base64.url.encode(bytes)) == bytes)
        #expect(Base32.decode(Base32.encode(bytes)) == bytes)
        #expect(Hex.decode(Array(Hex.encode(bytes).utf8)) == bytes)
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zg===", "Zm8", "Zm8==", "Zm9v=", "Zm9v====", "=", "==", "====", "Zh==", "Zm9=", "Z===",
        "Zg==Zg==",
        "=Zg=", "Z=g=", "Zm9v\n", " Zm9", "Zm 9", "Zm9\0", "Zmé", "Zm9*",
    ])
    func `base64 takes only what an encoder writes`(text: String) {
        #expect(Base64.standard.decode(text) == nil)
    }

    @Test(arguments: ["Z", "Zg==", "Zh", "Zm9", "Zm9vY", "Zm9v=", "Zm9v\n", "Zm\u{e9}"])
    func `base64 for URLs takes no padding and no stray bits`(text: String) {
        #expect(Base64.url.decode(text) == nil)
    }

    @Test(arguments: ["M", "MZX", "MZXW6Y", "MZ", "MZXR", "MY======", "M1", "M0", "M8", "M9", "MY ", "M=", "MÝ", "ſſ"])
    func `base32 takes only what an encoder writes`(text: String) {
        #expect(Base32.decode(text) == nil)
    }

    @Test(arguments: ["0", "000", "0g", "g0", "0x", " 0", "0 ", "-1", "+1", "0\0", "é"])
    func `base16 takes pairs of digits alone`(text: String) {
        #expect(Hex.decode(Array(text.utf8)) == nil)
    }
}
