/// Where random bytes come from; the system's generator in production, a fixed one in tests.
public protocol RandomSource: Sendable {
    /// `count` bytes, each value equally likely and not to be foreseen.
    func bytes(_ count: Int) -> [UInt8]
}

extension RandomSource {
    /// A number from 0 up to `bound` (1 to 256), each equally likely: what would bias the remainder is drawn again.
    public func index(below bound: Int) -> Int {
        precondition((1...256).contains(bound))
        let limit = 256 - 256 % bound
        while true {
            for byte in bytes(16) where Int(byte) < limit { return Int(byte) % bound }
        }
    }
}
