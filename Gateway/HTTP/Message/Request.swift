/// A whole request: its head and its content.
package struct Request: Sendable {
    /// The request's line and fields.
    package let head: RequestHead
    /// The content, with any transfer coding taken off; trailers are dropped.
    package let body: [UInt8]
    /// The address that the connection comes from, without a port.
    package let clientAddress: String

    /// Makes a request.
    package init(head: RequestHead, body: [UInt8] = [], clientAddress: String = "") {
        self.head = head
        self.body = body
        self.clientAddress = clientAddress
    }
}
