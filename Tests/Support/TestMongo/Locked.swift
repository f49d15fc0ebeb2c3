import Foundation

/// A value behind a lock, for what the tests share between threads.
package final class Locked<Value>: @unchecked Sendable {
    // The lock is held whenever `value` is read or written.
    private let lock = NSLock()
    private var value: Value

    package init(_ value: Value) {
        self.value = value
    }

    package func get() -> Value {
        lock.withLock { value }
    }

    package func set(_ value: Value) {
        lock.withLock { self.value = value }
    }

    package func change<Result>(_ body: (inout Value) -> Result) -> Result {
        lock.withLock { body(&value) }
    }
}
