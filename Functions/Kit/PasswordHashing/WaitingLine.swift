import Glibc
import Platform

/// Waits for a slot on one of a row of seats: newcomers sit down behind the last, everyone moves up as seats come
/// free, and only who sits in front looks for a slot. So nobody is overtaken, and few look often.
struct WaitingLine {
    /// Seats are the bytes from here on, slots those from 0 on.
    private static let firstSeat = 1024
    private static let seats = 16

    private let slots: Int
    private var seat: Int?

    init(slots: Int) {
        self.slots = min(slots, Self.firstSeat)
    }

    /// Takes a slot and leaves the line; `false` where none came free within `milliseconds`.
    mutating func wait(in file: borrowing LockFile, atMost milliseconds: Int) throws(SystemError) -> Bool {
        let start = Instant.now
        while true {
            try moveUp(in: file)
            if seat == 0, try takeSlot(in: file) {
                try file.unlock(Self.firstSeat)
                return true
            }
            guard Instant.now.milliseconds(since: start) < milliseconds else { return false }
            usleep(pause)
        }
    }

    /// Microseconds until the next look, drawn anew so that waiters spread out.
    private var pause: UInt32 {
        seat == 0 ? UInt32.random(in: 150...450) : UInt32.random(in: 500...1500)
    }

    private func takeSlot(in file: borrowing LockFile) throws(SystemError) -> Bool {
        for slot in 0..<slots {
            if try file.tryLock(slot) { return true }
        }
        return false
    }

    /// Goes from seat to seat until the next one is taken; a newcomer comes from behind the last.
    private mutating func moveUp(in file: borrowing LockFile) throws(SystemError) {
        while seat != 0 {
            let next = (seat ?? Self.seats) - 1
            guard try file.tryLock(Self.firstSeat + next) else { return }
            if let seat { try file.unlock(Self.firstSeat + seat) }
            seat = next
        }
    }
}
