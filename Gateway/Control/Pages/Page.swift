import GatewayHTTP

/// A file that browsers are given as it stands.
struct Page: Equatable, Sendable {
    let body: [UInt8]
    let mediaType: String
    /// A strong validator of the content (RFC 9110, section 8.8.3), quotes included.
    let entityTag: String

    /// Makes the page of a file; `nil` for a name whose ending is not known.
    init?(name: String, body: [UInt8]) {
        guard let dot = name.lastIndex(of: "."), let type = Self.mediaTypes[String(name[name.index(after: dot)...])]
        else { return nil }
        self.body = body
        mediaType = type
        entityTag = "\"\(String(Self.digest(body), radix: 16))-\(String(body.count, radix: 16))\""
    }

    private static let mediaTypes = [
        "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "svg": "image/svg+xml", "png": "image/png", "txt": "text/plain; charset=utf-8",
    ]

    /// FNV-1a: it tells one version of our own file from the next, and guards nothing.
    private static func digest(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

extension Page {
    /// The page as an answer to `head`; 304 without content where the caller has it already.
    func response(to head: RequestHead, status: Int = 200) -> Response {
        let isKnown = status == 200 && head.values(of: "if-none-match").contains(where: matches)
        return Response(status: isKnown ? 304 : status, headers: fields, body: isKnown ? [] : body)
    }

    /// Compared weakly, as section 13.1.2 of RFC 9110 wants it.
    private func matches(_ condition: String) -> Bool {
        condition.split(separator: ",").contains { part in
            let tag = part.filter { $0 != " " && $0 != "\t" }
            return tag == "*" || tag == entityTag || tag == "W/" + entityTag
        }
    }

    /// No name carries a version, so that every use asks whether the copy is still good.
    private var fields: [HTTPField] {
        [
            HTTPField("Content-Type", mediaType), HTTPField("ETag", entityTag), HTTPField("Cache-Control", "no-cache"),
            HTTPField("Content-Security-Policy", Self.contentPolicy), HTTPField("X-Content-Type-Options", "nosniff"),
            HTTPField("Referrer-Policy", "no-referrer"), HTTPField("Permissions-Policy", Self.permissions),
            HTTPField("Cross-Origin-Opener-Policy", "same-origin"),
            HTTPField("Cross-Origin-Resource-Policy", "same-origin"), HTTPField("X-Frame-Options", "DENY"),
        ]
    }

    private static let contentPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
        "connect-src 'self'", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private static let permissions = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
}
