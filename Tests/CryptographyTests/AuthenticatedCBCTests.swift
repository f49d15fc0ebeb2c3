import Cryptography
import Testing

@Suite struct AuthenticatedCBCTests {
    let key: [UInt8] = Array(0..<96)
    let vector: [UInt8] = Array(0xf0...0xff)
    let plaintext: [UInt8] = Array(0..<96)

    /// The same composed of Python's cryptography (AES-256-CBC with the key's second third) and hmac (its first).
    private static let sealed =
        "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeffcd4fea8c8eb0b334f9f6056e4235c2bbdb1def2831378952af37823ce60e9b9b0df9ec569617"
        + "8c3dacbeeacc39f525b6b4e94980a845303ade59383545e69160f167719d9437e8ba364b155938b37ca287b99e79b1883ea0b066c399"
        + "69394c93d146ebb0173d3d502c7a1223eec33f0d872adff1e7747ef2e9755764d752b82314f97056d316dd8876c298def04934aa"

    @Test func `a data key is sealed and opened as the specification says`() {
        #expect(AuthenticatedCBC.seal(plaintext, key: key, vector: vector).map(hex) == Self.sealed)
        #expect(AuthenticatedCBC.open(bytes(Self.sealed), key: key) == plaintext)
    }

    @Test(arguments: [0, 1, 15, 16, 17, 1000])
    func `what is sealed comes back, whatever its length`(_ length: Int) throws {
        let message = repeated(7, length)
        let sealed = try #require(AuthenticatedCBC.seal(message, key: key, vector: vector))
        #expect(AuthenticatedCBC.open(sealed, key: key) == message)
    }

    @Test func `one bit altered anywhere, a cut and another key are refused`() {
        let sealed = bytes(Self.sealed)
        for index in sealed.indices {
            var altered = sealed
            altered[index] ^= 1
            #expect(AuthenticatedCBC.open(altered, key: key) == nil)
            #expect(AuthenticatedCBC.open(Array(sealed[..<index]), key: key) == nil)
        }
        for place in 0..<64 {
            var other = key
            other[place] ^= 1
            #expect(AuthenticatedCBC.open(sealed, key: other) != plaintext)
        }
        #expect(AuthenticatedCBC.seal(plaintext, key: Array(key.dropLast()), vector: vector) == nil)
        #expect(AuthenticatedCBC.seal(plaintext, key: key, vector: []) == nil)
    }
}
