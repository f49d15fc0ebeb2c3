import Cryptography
import Testing

@Suite struct SecretBytesTests {
    @Test func `equal bytes are equal, and any changed bit, missing or further byte is a difference`() {
        let original = Array(UInt8(0)..<64)
        #expect(constantTimeEqual(original, original))
        #expect(constantTimeEqual([], []))
        #expect(!constantTimeEqual(original, original.dropLast()))
        #expect(!constantTimeEqual(original, original + [0]))
        for position in original.indices {
            for bit in 0..<8 {
                var changed = original
                changed[position] ^= 1 << UInt8(bit)
                #expect(!constantTimeEqual(original, changed))
            }
        }
    }

    @Test(arguments: [0, 1, 4096])
    func `wiped bytes are zeros`(count: Int) {
        var secret = [UInt8](repeating: 0x5a, count: count)
        wipe(&secret)
        #expect(secret == [UInt8](repeating: 0, count: count))
    }
}
