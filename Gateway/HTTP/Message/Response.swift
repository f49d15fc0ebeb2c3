/// An answer. The server adds the date, the content's length and what concerns the connection.
package struct Response: Sendable {
    /// The status, 200 to 599.
    package var status: Int
    /// The fields to send; those about length, transfer coding or the connection are left out.
    package var headers: [HTTPField]
    /// The content; for HEAD its length alone is told.
    package var body: [UInt8]
    /// True where the connection is to close after this answer.
    package var closes = false
    /// Never sent; handed on to `RequestHandler.finished`, as a call id for the access log.
    package var note = ""

    /// Makes an answer.
    package init(status: Int = 200, headers: [HTTPField] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
