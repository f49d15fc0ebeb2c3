import Glibc
import MessageRecords
import Platform
import Primitives

/// The last numbers of conversations, as this machine's workers tell them one another in memory, so that they need not
/// be read before each message.
///
/// A number is told once its message is there, and is good over connections of the same reign alone, which cannot have
/// lost that message: so it is never too high. It may be too low where others write, too; their number is found taken
/// then, as one that was read may be. Where somebody is on the way with a message, nothing is told of that conversation.
final class LastNumbers {
    /// Nanoseconds after it was read for which a number is good, and what was added to it, so that a database which
    /// somebody sets back by hand is noticed.
    private static let lifetime: UInt64 = 5_000_000_000
    private static let fewestSkipped = 16
    private static let mostSkipped = 1024

    private let memory: SharedMemory
    private let start: Int
    private let count: Int
    /// Names this process's latest way; no other process of the machine has the same.
    private var mark: UInt64
    private var isGiven = false
    /// Where numbers that were told prove too low, other machines write, and so many times none is asked for.
    private var skipped = fewestSkipped
    private var toSkip = 0

    /// Keeps them in a part of the memory, which begins at a multiple of eight; `nil` where that is too small. The
    /// process is told from others by its id.
    init?(_ memory: SharedMemory, _ part: Range<Int>, process: pid_t = getpid()) {
        mark = UInt64(UInt32(bitPattern: process)) << 32
        count = part.count / MemoryLayout<ToldNumber>.stride
        guard count > 0 else { return nil }
        self.memory = memory
        start = part.lowerBound
    }

    /// The conversation's last number; `nil` where it is to be read. Others have to read it from now on, until a number
    /// is told again.
    func take(_ conversation: UniqueID, in reign: [UInt64]?) -> Int64? {
        isGiven = false
        guard let reign else { return nil }
        mark += 1
        let now = Instant.now.nanoseconds
        let told: Int64? = change(conversation, reign) { number in
            // Its own former way is over, whatever came of it.
            let isFree = number.mark == 0 || number.mark >> 32 == mark >> 32
            let isGood = number.last > 0 && isFree && now &- number.readAt < Self.lifetime
            number.mark = mark
            return isGood ? number.last : nil
        }
        guard let told else { return nil }
        if toSkip > 0 {
            toSkip -= 1
            return nil
        }
        isGiven = true
        return told
    }

    /// Tells that a message has its place, which was stored over a connection of that reign.
    func tell(_ place: StoredMessage.Place, in reign: [UInt64]?) {
        guard let reign else { return }
        let wasRead = !isGiven
        if isGiven { skipped = max(Self.fewestSkipped, skipped / 2) }
        isGiven = false
        let now = Instant.now.nanoseconds
        change(place.conversation, reign) { number in
            if now &- number.readAt >= Self.lifetime { number.last = 0 }
            if wasRead, place.seq >= number.last { number.readAt = now }
            number.last = max(number.last, place.seq)
            if number.mark == mark { number.mark = 0 }
            return nil
        }
    }

    /// Somebody had taken the number behind the one that was given last.
    func missed() {
        guard isGiven else { return }
        isGiven = false
        toSkip = skipped
        skipped = min(Self.mostSkipped, skipped * 2)
    }

    /// Changes what is told of a conversation, one that is not known where nothing is; `nil`, and nothing changed, where
    /// another process does so.
    @discardableResult
    private func change(
        _ conversation: UniqueID, _ reign: [UInt64], _ body: (inout ToldNumber) -> Int64?
    ) -> Int64? {
        let empty = ToldNumber(conversation, reign)
        let place = Int(truncatingIfNeeded: empty.conversation.1 % UInt64(count))
        return memory.alone(at: place) {
            let offset = start + place * MemoryLayout<ToldNumber>.stride
            let memory = unsafe memory.mapping.numbers(at: offset, count: 1, as: ToldNumber.self)
            var number = unsafe memory[0]
            if !number.isIntact || !number.isOf(empty) { number = empty }
            let result = body(&number)
            number.seal()
            unsafe memory[0] = number
            return result
        } ?? nil
    }
}
