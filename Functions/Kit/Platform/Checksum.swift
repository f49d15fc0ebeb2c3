/// A sum over bytes that any change within one word of eight always alters; against accidents, not against people.
public enum Checksum {
    private static let prime: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Four lanes side by side, each a chain of steps that can be undone; what is left over makes a last word.
    public static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
        var offset = 0
        while offset + 32 <= bytes.count {
            unsafe lanes.0 = step(lanes.0, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            unsafe lanes.1 = step(lanes.1, bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
            unsafe lanes.2 = step(lanes.2, bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self))
            unsafe lanes.3 = step(lanes.3, bytes.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self))
            offset += 32
        }
        var sum = step(step(step(lanes.0, lanes.1), lanes.2), lanes.3)
        while offset < bytes.count {
            sum = unsafe step(sum, UInt64(bytes[offset]))
            offset += 1
        }
        return step(sum, UInt64(bytes.count))
    }

    /// The same over an array's bytes.
    public static func of(_ bytes: [UInt8]) -> UInt64 {
        unsafe bytes.withUnsafeBytes { unsafe of($0) }
    }

    /// The same over words, one chain of steps.
    public static func of(_ words: InlineArray<8, UInt64>) -> UInt64 {
        var sum: UInt64 = 5
        for index in words.indices { sum = step(sum, words[index]) }
        return sum
    }

    @inline(__always)
    private static func step(_ sum: UInt64, _ word: UInt64) -> UInt64 {
        let mixed = (sum ^ word) &* prime
        return mixed ^ (mixed >> 29)
    }
}
