/// What a function answers: a status, header fields and content.
public struct Reply: Equatable, Sendable {
    /// The HTTP status, 200 to 599.
    public var status: UInt16
    /// The fields to send; the gateway adds length, date and call id.
    public var headers: [HeaderField]
    /// The content.
    public var body: [UInt8]
    /// True where the worker asks to be replaced once this answer is read.
    public var retires = false

    /// Makes a reply.
    public init(status: UInt16 = 200, headers: [HeaderField] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
