public import Glibc

/// A system call that failed: its name and the error number that it left.
public struct SystemError: Error, Equatable, CustomStringConvertible {
    /// The call, as in its manual page.
    public let call: String
    /// The number in `errno`.
    public let number: CInt

    /// Takes the error that `call` left in `errno`, or the one given.
    public init(_ call: String, number: CInt = errno) {
        self.call = call
        self.number = number
    }

    /// The call and the system's words for the number.
    public var description: String {
        unsafe "\(call): \(String(cString: strerror(number)))"
    }
}

/// Calls `body` until it is not interrupted by a signal; throws what it left in `errno` where it answers -1.
@discardableResult
public func retryingInterrupts(_ call: String, _ body: () -> Int) throws(SystemError) -> Int {
    while true {
        let result = body()
        if result != -1 { return result }
        let number = errno
        if number != EINTR { throw SystemError(call, number: number) }
    }
}
