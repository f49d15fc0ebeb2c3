import GatewayHTTP
import Platform
import Primitives

/// Names calls: by the caller's own id where it is fit, by a new UUIDv7 otherwise.
struct CallIDs {
    private var random: [UInt8] = []
    private var used = 0

    /// The request's `X-Call-Id` where it is 1 to 128 visible ASCII characters, else a new id.
    mutating func id(for head: RequestHead?) -> String {
        if let given = head?.header("x-call-id"), Self.isFit(given) { return given }
        return next()
    }

    static func isFit(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }

    /// A UUID of version 7 (RFC 9562, section 5.7) as text; random bytes are fetched for many at a time.
    mutating func next() -> String {
        if used + 10 > random.count {
            random = SystemRandom().bytes(2560)
            used = 0
        }
        var high = UInt64(bitPattern: max(0, SystemClock().now.milliseconds)) << 16 | 0x7000
        high |= UInt64(random[used] & 0x0f) << 8 | UInt64(random[used + 1])
        var low: UInt64 = 0
        for index in 2..<10 { low = low << 8 | UInt64(random[used + index]) }
        used += 10
        return Self.text(high, low & (1 << 62 - 1) | 1 << 63)
    }

    private static func text(_ high: UInt64, _ low: UInt64) -> String {
        unsafe String(unsafeUninitializedCapacity: 36) { buffer in
            var position = 0
            for index in 0..<32 {
                if [8, 12, 16, 20].contains(index) {
                    unsafe buffer[position] = UInt8(ascii: "-")
                    position += 1
                }
                let word = index < 16 ? high : low
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (index % 16))) & 15
                unsafe buffer[position] = digit < 10 ? digit + 48 : digit + 87
                position += 1
            }
            return 36
        }
    }
}
