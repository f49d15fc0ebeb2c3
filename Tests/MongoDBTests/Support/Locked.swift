import Foundation

/// A value behind a lock, for what the tests share between threads.
final class Locked<Value>: @unchecked Sendable {
    // The lock is held whenever `value` is read or written.
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) {
        self.value = value
    }

    func get() -> Value {
        lock.withLock { value }
    }

    func set(_ value: Value) {
        lock.withLock { self.value = value }
    }

    func change<Result>(_ body: (inout Value) -> Result) -> Result {
        lock.withLock { body(&value) }
    }
}
