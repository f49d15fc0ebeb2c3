import Glibc

/// A thread of our own, for calls that block and do not belong to one invocation.
public struct BackgroundThread: Sendable {
    private let thread: pthread_t

    /// Starts a thread that runs `body`.
    public init(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
        let work = unsafe Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let failure = unsafe pthread_create(
            &thread, nil,
            { argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                }
                return nil
            }, work.toOpaque())
        guard failure == 0 else {
            unsafe work.release()
            throw SystemError("pthread_create", number: failure)
        }
        self.thread = thread
    }

    /// Waits until it has run to its end; to be called once.
    public func join() {
        pthread_join(thread, nil)
    }
}

private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }
}
