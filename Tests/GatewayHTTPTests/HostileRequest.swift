import Testing

/// Bytes that no strict server takes, and the status that must be the only answer to them.
struct HostileRequest: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]
    let status: Int

    init(_ name: String, _ text: String, _ status: Int) {
        self.name = name
        bytes = Array(text.utf8)
        self.status = status
    }

    var testDescription: String { name }

    private static func post(_ name: String, _ fields: String, _ content: String = "", status: Int = 400) -> Self {
        Self(name, "POST /a HTTP/1.1\r\nHost: x\r\n\(fields)\r\n\r\n\(content)", status)
    }

    private static func get(_ name: String, _ fields: String, status: Int = 400) -> Self {
        Self(name, "GET / HTTP/1.1\r\n\(fields)\r\n\r\n", status)
    }

    private static func line(_ name: String, _ line: String, status: Int = 400) -> Self {
        Self(name, "\(line)\r\nHost: x\r\n\r\n", status)
    }

    private static func chunks(_ name: String, _ content: String, status: Int = 400) -> Self {
        post(name, "Transfer-Encoding: chunked", content, status: status)
    }

    static let all = framing + lengths + codings + chunked + lines + fields + targets + sizes

    static let framing = [
        post("length before coding", "Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
        post("coding before length", "Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n"),
        Self(
            "chunked in HTTP/1.0", "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ]

    static let lengths = [
        post("two different lengths", "Content-Length: 5\r\nContent-Length: 6", "hello!"),
        post("the same length twice", "Content-Length: 5\r\nContent-Length: 5", "hello"),
        post("a length with a plus", "Content-Length: +5", "hello"),
        post("a length with a minus", "Content-Length: -5", "hello"),
        post("a list of lengths", "Content-Length: 5, 5", "hello"),
        post("a length with letters behind", "Content-Length: 5abc", "hello"),
        post("a hexadecimal length", "Content-Length: 0x5", "hello"),
        post("a length over 2^64", "Content-Length: 18446744073709551621", "hello"),
        post("a length over 2^63", "Content-Length: 9223372036854775808", "hello"),
        post("a length of many digits", "Content-Length: " + String(repeating: "9", count: 400), "hello"),
        post("an empty length", "Content-Length:", "hello"),
        post("a length of blanks", "Content-Length:  \t ", "hello"),
        post("a length with a space inside", "Content-Length: 1 1", "hello hello"),
        post("a length with a space before the colon", "Content-Length : 5", "hello"),
        post("a length of other digits", "Content-Length: ５", "hello"),
        post("a length over the body's limit", "Content-Length: 65", "", status: 413),
    ]

    static let codings = [
        post("an unknown coding", "Transfer-Encoding: rot13", "", status: 501),
        post("gzip alone", "Transfer-Encoding: gzip", "", status: 501),
        post("identity", "Transfer-Encoding: identity", "", status: 501),
        post("gzip and chunked", "Transfer-Encoding: gzip, chunked", "0\r\n\r\n"),
        post("chunked, chunked", "Transfer-Encoding: chunked, chunked", "0\r\n\r\n"),
        post("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
        post("chunked, then another", "Transfer-Encoding: chunked\r\nTransfer-Encoding: x", "0\r\n\r\n"),
        post("chunked and identity", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "0\r\n\r\n"),
        post("a folded coding", "Transfer-Encoding:\r\n chunked", "0\r\n\r\n"),
        post("a coding with a space before the colon", "Transfer-Encoding : chunked", "0\r\n\r\n"),
        post("a coding with a vertical tab", "Transfer-Encoding: \u{b}chunked", "0\r\n\r\n"),
        post("an empty coding", "Transfer-Encoding:", "0\r\n\r\n"),
        post("chunked with a parameter", "Transfer-Encoding: chunked;q=1", "0\r\n\r\n", status: 501),
        post("xchunked", "Transfer-Encoding: xchunked", "0\r\n\r\n", status: 501),
    ]

    static let chunked = [
        chunks("an empty size", "\r\nhello\r\n0\r\n\r\n"),
        chunks("a size of letters", "xyz\r\nhello\r\n0\r\n\r\n"),
        chunks("a negative size", "-5\r\nhello\r\n0\r\n\r\n"),
        chunks("a size with a plus", "+5\r\nhello\r\n0\r\n\r\n"),
        chunks("a size with 0x", "0x5\r\nhello\r\n0\r\n\r\n"),
        chunks("a size with a blank before", " 5\r\nhello\r\n0\r\n\r\n"),
        chunks("a size with a blank behind", "5 \r\nhello\r\n0\r\n\r\n"),
        chunks("a size over 2^64", "10000000000000005\r\nhello\r\n0\r\n\r\n"),
        chunks("a size of many zeros", String(repeating: "0", count: 100) + "5\r\nhello\r\n0\r\n\r\n"),
        chunks("a huge size", "fffffffffffffff\r\nhello", status: 413),
        chunks("a size over the body's limit", "41\r\nhello", status: 413),
        chunks("sizes over the limit together", "3f\r\n\(String(repeating: "x", count: 63))\r\n2\r\n", status: 413),
        chunks("a size ended by a bare line feed", "5\nhello\r\n0\r\n\r\n"),
        chunks("a size ended by a bare return", "5\rhello\r\n0\r\n\r\n"),
        chunks("data ended by a bare line feed", "5\r\nhello\n0\r\n\r\n"),
        chunks("data longer than its size", "5\r\nhello!\r\n0\r\n\r\n"),
        chunks("data without an end", "5\r\nhello0\r\n\r\n"),
        chunks("an extension with a bare line feed", "5;a=b\nhello\r\n0\r\n\r\n"),
        chunks("an extension with a bare return", "5;a=\rb\r\nhello\r\n0\r\n\r\n"),
        chunks("an extension with a NUL", "5;a=\0\r\nhello\r\n0\r\n\r\n"),
        chunks("an endless extension", "5;" + String(repeating: "a", count: 33_000), status: 431),
        chunks("an end with a bare line feed", "0\r\n\n"),
        chunks("a trailer without a colon", "0\r\ntrailer\r\n\r\n"),
        chunks("a trailer with a bare line feed", "0\r\na: b\n\r\n"),
        chunks("a trailer with a blank before", "0\r\n a: b\r\n\r\n"),
        chunks("endless trailers", "0\r\n" + String(repeating: "a: b\r\n", count: 7000), status: 431),
    ]

    static let lines = [
        Self("bare line feeds", "GET / HTTP/1.1\nHost: x\n\n", 400),
        Self("a bare line feed behind a field", "GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n", 400),
        Self("a bare line feed at the end", "GET / HTTP/1.1\r\nHost: x\r\n\n", 400),
        Self("a bare line feed at the start", "\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        Self("a bare return in a field", "GET / HTTP/1.1\r\nHost: x\r\nA: b\rC: d\r\n\r\n", 400),
        Self("a bare return in the line", "GET /\r HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        Self("two returns", "GET / HTTP/1.1\r\r\nHost: x\r\n\r\n", 400),
        Self("a return before the end", "GET / HTTP/1.1\r\nHost: x\r\n\r\r\n", 400),
        Self("a NUL in the line", "GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        Self("a NUL at the start", "\0GET / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        Self("a NUL in a name", "GET / HTTP/1.1\r\nHost: x\r\nA\0: b\r\n\r\n", 400),
        Self("a NUL in a value", "GET / HTTP/1.1\r\nHost: x\r\nA: b\0\r\n\r\n", 400),
        Self("empty lines", "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        Self("a TLS hello", "\u{16}\u{3}\u{1}\u{2}", 400),
    ]

    static let fields = [
        get("a folded value", "Host: x\r\nA: b\r\n c"),
        get("a folded value behind a tab", "Host: x\r\nA: b\r\n\tc"),
        get("a blank before the first field", " Host: x"),
        get("a name with a space", "Host: x\r\nA b: c"),
        get("a name with a blank before the colon", "Host: x\r\nA\t: c"),
        get("a name with a bracket", "Host: x\r\nA(: c"),
        get("a name that is not ASCII", "Host: x\r\nÄ: c"),
        get("an empty name", "Host: x\r\n: c"),
        get("a line without a colon", "Host: x\r\nabc"),
        get("a value with a delete", "Host: x\r\nA: \u{7f}"),
        get("no Host", "A: b"),
        get("two Hosts", "Host: x\r\nHost: x"),
        get("a Host with a path", "Host: x/y"),
        get("a Host with a user", "Host: u@x"),
        get("a Host with a space", "Host: x y"),
        get("two in one Host", "Host: x, y"),
        get("a Host with a port of letters", "Host: x:http"),
        get("a Host with an open bracket", "Host: [::1"),
        get("a Host with something behind the bracket", "Host: [::1]x"),
        get("an unknown expectation", "Host: x\r\nExpect: 200-ok", status: 417),
    ]

    static let targets = [
        line("no method", " / HTTP/1.1"),
        line("a method with a bracket", "G(T / HTTP/1.1"),
        line("a method alone", "GET"),
        line("no version", "GET /"),
        line("no target", "GET HTTP/1.1"),
        line("an empty target", "GET  HTTP/1.1"),
        line("two spaces before the target", "GET  / HTTP/1.1"),
        line("two spaces before the version", "GET /  HTTP/1.1"),
        line("a tab for a space", "GET\t/\tHTTP/1.1"),
        line("a blank behind the version", "GET / HTTP/1.1 "),
        line("a space in the target", "GET /a b HTTP/1.1"),
        line("a version in small letters", "GET / http/1.1"),
        line("another protocol", "GET / HTCPCP/1.0"),
        line("a version without a dot", "GET / HTTP/11"),
        line("a version of two digits", "GET / HTTP/1.10"),
        line("HTTP/2.0", "GET / HTTP/2.0", status: 505),
        line("HTTP/1.2", "GET / HTTP/1.2", status: 505),
        line("HTTP/0.9", "GET / HTTP/0.9", status: 505),
        Self("the HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        line("a target without a slash", "GET a HTTP/1.1"),
        line("a star for GET", "GET * HTTP/1.1"),
        line("a fragment", "GET /a#b HTTP/1.1"),
        line("a target that is not ASCII", "GET /ä HTTP/1.1"),
        line("another scheme", "GET ftp://x/ HTTP/1.1"),
        line("an absolute target without a host", "GET http:/// HTTP/1.1"),
        line("an absolute target with a user", "GET http://u@x/ HTTP/1.1"),
        line("CONNECT", "CONNECT x:443 HTTP/1.1", status: 501),
    ]

    static let sizes = [
        line("a target of 64 KB", "GET /" + String(repeating: "a", count: 65_536) + " HTTP/1.1", status: 414),
        Self("a target without an end", "GET /" + String(repeating: "a", count: 65_536), 414),
        get("a field of 64 KB", "Host: x\r\nA: " + String(repeating: "b", count: 65_536), status: 431),
        Self("a field without an end", "GET / HTTP/1.1\r\nHost: x\r\nA: " + String(repeating: "b", count: 65_536), 431),
        get("2000 fields", "Host: x" + String(repeating: "\r\nA: b", count: 2000), status: 431),
        get("101 fields", "Host: x" + String(repeating: "\r\nA_: b", count: 100), status: 431),
    ]
}
