/// Sends HTTP requests; one thread's at a time, keeping connections open between them.
///
/// Certificates are checked against the system's; redirects are answers like others; no proxy, cookie or `.netrc`.
public final class HTTPClient {
    private let transfers: Transfers

    /// Prepares the client; connects with the first request.
    public init() throws(TransferError) {
        transfers = try Transfers()
    }

    /// Sends a request and gives the answer, whatever its status.
    public func send(_ request: HTTPRequest) throws(TransferError) -> HTTPReply {
        try request.check()
        try transfers.beginHTTP(request.method, request.url, answerLimit: request.answerLimit)
        for field in request.headers { try transfers.add(header: field.line) }
        if request.isPublicOnly { try transfers.requirePublicAddress() }
        try transfers.limit(connecting: request.connectTimeout, whole: request.timeout)
        if let file = request.answerFile { transfers.answer(into: file) }
        let status =
            switch request.body {
            case .none: try transfers.perform()
            case .bytes(let bytes): try transfers.perform(sending: bytes)
            case .file(let descriptor, let count): try performUpload(descriptor, count)
            }
        return HTTPReply(status: status, head: transfers.answerHead, body: transfers.answerBody)
    }

    private func performUpload(_ descriptor: CInt, _ count: Int64) throws(TransferError) -> Int {
        try transfers.upload(descriptor: descriptor, count: count)
        return try transfers.perform()
    }
}

extension HTTPRequest {
    /// Throws where a part could be read as something else: by libcurl, whose header lines end with a semicolon to
    /// mean an empty value, or by the server.
    func check() throws(TransferError) {
        let isMethod = !method.isEmpty && method.utf8.allSatisfy { (0x41...0x5a).contains($0) }
        guard isMethod else { throw .malformed("the method") }
        guard Self.isAddress(url) else { throw .malformed("the address") }
        guard headers.allSatisfy(\.isSound) else { throw .malformed("a header field") }
    }

    /// Whether that is an `http:` or `https:` address of printable ASCII.
    public static func isAddress(_ url: String) -> Bool {
        let start = url.prefix(8).lowercased()
        let rest = start.hasPrefix("https://") ? url.dropFirst(8) : start.hasPrefix("http://") ? url.dropFirst(7) : ""
        return !rest.isEmpty && !rest.hasPrefix("/") && url.utf8.count <= 2048
            && url.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }
}

extension HTTPField {
    var line: String {
        value.isEmpty ? name + ";" : name + ": " + value
    }

    var isSound: Bool {
        let signs = Set("!#$%&'*+-.^_`|~".utf8)
        let isName =
            !name.isEmpty
            && name.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
                    || signs.contains($0)
            }
        return isName && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }
    }
}
