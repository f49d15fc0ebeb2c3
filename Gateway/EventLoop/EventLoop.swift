import CLinux
import Glibc
package import Platform

/// What a descriptor can be waited for, or has become ready for.
package struct Readiness: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Bytes, a connection or the end are there to be read.
    package static let read = Readiness(rawValue: UInt32(EPOLLIN.rawValue))
    /// Bytes can be written.
    package static let write = Readiness(rawValue: UInt32(EPOLLOUT.rawValue))
    /// The other side has hung up or an error is waiting; reported without being asked for.
    package static let hangUp = Readiness(rawValue: UInt32(EPOLLHUP.rawValue | EPOLLERR.rawValue))
}

/// Told when its descriptor is ready.
package protocol ReadinessHandler: AnyObject {
    /// Called on the loop's thread, once for each turn in which the descriptor is ready.
    func ready(_ readiness: Readiness)
}

/// One thread's wait for descriptors and timers: epoll(7), level-triggered.
///
/// Everything the loop calls runs on the thread that is in `run()`, so that its clients need no lock.
package final class EventLoop {
    /// The monotonic time at which the present turn began.
    package private(set) var now = Instant.now
    var timers = TimerQueue()
    private let epoll: CInt
    private var slots: [Slot] = []
    private var atEndOfTurn: [() -> Void] = []
    private var running = false
    private var vigil = Vigil()

    private struct Slot {
        var handler: (any ReadinessHandler)?
        var generation: UInt32 = 0
    }

    package init() throws(SystemError) {
        epoll = epoll_create1(CInt(EPOLL_CLOEXEC))
        if epoll == -1 { throw SystemError("epoll_create1") }
    }

    deinit {
        close(epoll)
    }

    /// Waits for `interest` on an open descriptor, which stays its owner's; the loop keeps the handler alive.
    package func add(_ descriptor: CInt, for interest: Readiness, _ handler: any ReadinessHandler) throws(SystemError) {
        let index = Int(descriptor)
        while slots.count <= index { slots.append(Slot()) }
        slots[index].handler = handler
        slots[index].generation &+= 1
        do throws(SystemError) {
            try control(EPOLL_CTL_ADD, descriptor, interest)
        } catch {
            slots[index].handler = nil
            throw error
        }
    }

    /// Waits for something else on a descriptor that was added.
    package func change(_ descriptor: CInt, to interest: Readiness) throws(SystemError) {
        try control(EPOLL_CTL_MOD, descriptor, interest)
    }

    /// Forgets a descriptor; to be called before it is closed. What is ready for it in this turn is not reported.
    package func remove(_ descriptor: CInt) {
        slots[Int(descriptor)].handler = nil
        slots[Int(descriptor)].generation &+= 1
        try? control(EPOLL_CTL_DEL, descriptor, [])
    }

    /// Says that something will become ready within microseconds, so that sleeping may not be worth while.
    package func expectSoon() {
        vigil.expect()
    }

    /// Runs `action` once when this turn's descriptors and timers have been served.
    package func atEndOfTurn(_ action: @escaping () -> Void) {
        atEndOfTurn.append(action)
    }

    /// Serves until `stop()`.
    package func run() throws(SystemError) {
        running = true
        while running { try turn() }
    }

    /// Makes `run()` return at the end of this turn.
    package func stop() {
        running = false
    }

    /// Waits once, at most until the next timer, and serves what is ready.
    package func turn() throws(SystemError) {
        try serveDescriptors(waiting: timers.milliseconds(from: .now))
        for action in timers.due(at: now) { action() }
        while !atEndOfTurn.isEmpty {
            let actions = atEndOfTurn
            atEndOfTurn = []
            for action in actions { action() }
        }
    }

    private func serveDescriptors(waiting milliseconds: CInt) throws(SystemError) {
        try unsafe withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: 256) {
            events throws(SystemError) in
            var count = unsafe milliseconds == 0 ? 0 : keepVigil(events)
            if count == 0 { count = unsafe epoll_wait(epoll, events.baseAddress, 256, milliseconds) }
            now = .now
            if count == -1 && errno != EINTR { throw SystemError("epoll_wait") }
            for index in 0..<Int(max(0, count)) {
                unsafe serve(events[index])
            }
        }
    }

    /// Waits awake for a moment where something is expected; 0 where nothing came.
    private func keepVigil(_ events: UnsafeMutableBufferPointer<epoll_event>) -> CInt {
        guard vigil.begins() else { return 0 }
        let end = Instant.now.nanoseconds + Vigil.length
        var count: CInt = 0
        repeat {
            count = unsafe epoll_wait(epoll, events.baseAddress, 256, 0)
        } while count == 0 && Instant.now.nanoseconds < end
        vigil.ended(inVain: count == 0)
        return count
    }

    private func serve(_ event: epoll_event) {
        let key = unsafe event.data.u64
        let index = Int(key & 0xffff_ffff)
        guard slots[index].generation == UInt32(key >> 32) else { return }
        slots[index].handler?.ready(Readiness(rawValue: unsafe event.events))
    }

    private func control(_ operation: CInt, _ descriptor: CInt, _ interest: Readiness) throws(SystemError) {
        var event = unsafe epoll_event()
        unsafe event.events = interest.rawValue
        unsafe event.data.u64 = UInt64(slots[Int(descriptor)].generation) << 32 | UInt64(descriptor)
        if unsafe epoll_ctl(epoll, operation, descriptor, &event) == -1 { throw SystemError("epoll_ctl") }
    }
}
