/// Why the server itself answers a request with an error.
package struct Refusal: Error, Hashable, Sendable {
    /// The status: 400, 408, 413, 414, 417, 431, 500, 501, 503 or 505.
    package let status: Int
    /// What is wrong with the request, in a sentence without a word from it.
    package let detail: String

    init(_ status: Int, _ detail: String) {
        self.status = status
        self.detail = detail
    }
}
