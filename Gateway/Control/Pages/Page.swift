import GatewayHTTP

/// A file that browsers are given as it stands, or as gzip.
struct Page: Sendable {
    let body: [UInt8]
    let mediaType: String
    /// A strong validator of the content (RFC 9110, section 8.8.3), without quotes.
    private let version: String
    /// `nil` for what is compressed by its own format.
    private let packed: PackedBody?

    /// Makes the page of a file; `nil` for a name whose ending is not known.
    init?(name: String, body: [UInt8]) {
        guard let dot = name.lastIndex(of: "."), let type = Self.mediaTypes[String(name[name.index(after: dot)...])]
        else { return nil }
        self.body = body
        mediaType = type
        version = "\(String(Self.digest(body), radix: 16))-\(String(body.count, radix: 16))"
        packed = type == "image/png" ? nil : PackedBody()
    }

    private static let mediaTypes = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "svg": "image/svg+xml", "png": "image/png", "txt": "text/plain; charset=utf-8",
        "json": "application/json",
    ]

    /// FNV-1a: it tells one version of our own file from the next, and guards nothing.
    private static func digest(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

extension Page {
    /// The page as an answer to `head`, packed where the caller takes that; 304 without content where he has it already.
    func response(to head: RequestHead, status: Int = 200) -> Response {
        let packed = head.acceptsGzip ? packed?.bytes(of: body) : nil
        let tag = packed == nil ? "\"\(version)\"" : "\"\(version)-gzip\""
        var fields = Self.fields + [HTTPField("Content-Type", mediaType), HTTPField("ETag", tag)]
        if self.packed != nil { fields.append(HTTPField("Vary", "Accept-Encoding")) }
        if packed != nil { fields.append(HTTPField("Content-Encoding", "gzip")) }
        let isKnown = status == 200 && head.values(of: "if-none-match").contains { Self.matches($0, tag) }
        return Response(status: isKnown ? 304 : status, headers: fields, body: isKnown ? [] : packed ?? body)
    }

    /// Compared weakly, as section 13.1.2 of RFC 9110 wants it.
    private static func matches(_ condition: String, _ own: String) -> Bool {
        condition.split(separator: ",").contains { part in
            let tag = part.filter { $0 != " " && $0 != "\t" }
            return tag == "*" || tag == own || tag == "W/" + own
        }
    }

    /// No name carries a version, so that every use asks whether the copy is still good.
    private static let fields = [
        HTTPField("Cache-Control", "no-cache"), HTTPField("Content-Security-Policy", contentPolicy),
        HTTPField("X-Content-Type-Options", "nosniff"), HTTPField("Referrer-Policy", "no-referrer"),
        HTTPField("Permissions-Policy", permissions), HTTPField("Cross-Origin-Opener-Policy", "same-origin"),
        HTTPField("Cross-Origin-Resource-Policy", "same-origin"), HTTPField("X-Frame-Options", "DENY"),
    ]

    private static let contentPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
        "connect-src 'self'", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private static let permissions = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
}
