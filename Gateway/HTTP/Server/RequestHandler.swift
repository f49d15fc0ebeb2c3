/// What answers the requests of a server; everything is called on the loop's thread.
package protocol RequestHandler: AnyObject {
    /// Says whether a request may send its content, and how much; called before `100 Continue`.
    func admit(_ head: RequestHead) -> Admission

    /// Answers a whole request, now or later; the responder must be answered on the loop's thread.
    func handle(_ request: consuming Request, _ responder: consuming Responder)

    /// Makes the answer to a request that the server refuses; `head` is there where it could be read.
    func refused(_ refusal: Refusal, _ head: RequestHead?) -> Response

    /// Told once for each request that was answered or whose client left before the answer; for the access log.
    func finished(_ exchange: Exchange)
}

extension RequestHandler {
    /// The refusal's sentence as plain text.
    package func refused(_ refusal: Refusal, _ head: RequestHead?) -> Response {
        Response(
            status: refusal.status, headers: [HTTPField("Content-Type", "text/plain; charset=utf-8")],
            body: Array((refusal.detail + "\n").utf8))
    }

    /// Does nothing.
    package func finished(_ exchange: Exchange) {}
}
