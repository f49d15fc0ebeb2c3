/// A request and what became of it, for the access log.
package struct Exchange: Sendable {
    /// The request's head; `nil` where it could not be read.
    package let head: RequestHead?
    /// The address that the connection comes from, without a port.
    package let clientAddress: String
    /// The answer's status; 499 where the client left before there was one.
    package let status: Int
    /// Bytes of content in the answer, before any transfer coding.
    package let bytesSent: Int
    /// Nanoseconds from the request's head until the answer was handed to the system, or the client left.
    package let nanoseconds: UInt64
    /// The answer's `note`.
    package let note: String
}
