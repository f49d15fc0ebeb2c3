import Platform
import Primitives

/// What is told of one conversation, as it lies in memory: 72 bytes.
struct ToldNumber: BitwiseCopyable {
    let conversation: (UInt64, UInt64)
    private let reign: (UInt64, UInt64, UInt64)
    /// The last number that was told; 0 for none.
    var last: Int64 = 0
    /// When it, or one that it follows, was read; in nanoseconds of the monotonic clock.
    var readAt: UInt64 = 0
    /// Who is on the way with a message; 0 for nobody.
    var mark: UInt64 = 0
    /// Of all that stands before it: a process may have ended in the midst of writing.
    private var sum: UInt64 = 0

    /// Nothing told yet.
    init(_ conversation: UniqueID, _ reign: [UInt64]) {
        self.conversation = conversation.words
        self.reign = (reign[0], reign[1], reign[2])
    }

    /// Whether both are of the same conversation and the same reign.
    func isOf(_ other: ToldNumber) -> Bool {
        conversation == other.conversation && reign == other.reign
    }

    /// Whether it is as it was sealed; memory that nobody has written is not.
    var isIntact: Bool { sum == ownSum }

    /// Has it intact.
    mutating func seal() {
        sum = ownSum
    }

    private var ownSum: UInt64 {
        Checksum.of(
            [
                conversation.0, conversation.1, reign.0, reign.1, reign.2, UInt64(bitPattern: last), readAt, mark,
            ])
    }
}

extension UniqueID {
    /// Its bytes as two words of this machine's.
    var words: (UInt64, UInt64) {
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
    }
}
