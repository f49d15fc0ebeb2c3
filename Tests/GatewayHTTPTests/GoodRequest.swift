import Testing

/// Bytes that a server must take, and what they say.
struct GoodRequest: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]
    let outcomes: [Outcome]

    init(_ name: String, _ text: String, _ outcomes: [Outcome]) {
        self.name = name
        bytes = Array(text.utf8)
        self.outcomes = outcomes
    }

    init(_ name: String, _ text: String, _ head: String, body: String = "") {
        self.init(name, text, [.request(head, body: body)])
    }

    var testDescription: String { name }

    static let all = lines + fields + bodies

    static let lines = [
        Self("a GET", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / 1.1 stays"),
        Self("a query", "GET /a/b?c=d?e HTTP/1.1\r\nHost: x\r\n\r\n", "GET /a/b?c=d?e 1.1 stays"),
        Self("an empty query", "GET /a? HTTP/1.1\r\nHost: x\r\n\r\n", "GET /a? 1.1 stays"),
        Self("escapes as they are", "GET /%2e%2E//%zz HTTP/1.1\r\nHost: x\r\n\r\n", "GET /%2e%2E//%zz 1.1 stays"),
        Self("an unknown method", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", "BREW / 1.1 stays"),
        Self("a small method", "get / HTTP/1.1\r\nHost: x\r\n\r\n", "get / 1.1 stays"),
        Self("OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "OPTIONS * 1.1 stays"),
        Self("an absolute target", "GET http://y:8080/a?b HTTP/1.1\r\nHost: x\r\n\r\n", "GET /a?b 1.1 stays"),
        Self("an absolute target without a path", "GET HTTP://y HTTP/1.1\r\nHost: x\r\n\r\n", "GET / 1.1 stays"),
        Self("an absolute target with a query", "GET https://y?a HTTP/1.1\r\nHost: x\r\n\r\n", "GET /?a 1.1 stays"),
        Self("one empty line before", "\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / 1.1 stays"),
        Self("HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", "GET / 1.0 closes"),
        Self(
            "HTTP/1.0 that stays", "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
            "GET / 1.0 stays connection=Keep-Alive"),
    ]

    static let fields = [
        Self("names made small", "GET / HTTP/1.1\r\nhOST: x\r\nX-Ab: Cd\r\n\r\n", "GET / 1.1 stays x-ab=Cd"),
        Self("blanks around a value", "GET / HTTP/1.1\r\nHost: x\r\nA: \t b  c \t\r\n\r\n", "GET / 1.1 stays a=b  c"),
        Self("an empty value", "GET / HTTP/1.1\r\nHost: x\r\nA:\r\n\r\n", "GET / 1.1 stays a="),
        Self("a value in UTF-8", "GET / HTTP/1.1\r\nHost: x\r\nA: été\r\n\r\n", "GET / 1.1 stays a=été"),
        Self("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", "GET / 1.1 stays"),
        Self("a Host with a port", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "GET / 1.1 stays"),
        Self(
            "names with an underscore are left out",
            "POST / HTTP/1.1\r\nHost: x\r\nContent_Length: 7\r\nX_A: b\r\nX-A: c\r\n\r\n", "POST / 1.1 stays x-a=c"),
        Self(
            "close among others", "GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade , CLOSE,\r\n\r\n",
            "GET / 1.1 closes connection=upgrade , CLOSE,"),
        Self(
            "close in a second field", "GET / HTTP/1.1\r\nHost: x\r\nConnection: a\r\nConnection: close\r\n\r\n",
            "GET / 1.1 closes connection=a connection=close"),
        Self(
            "an expectation", "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\nhi",
            "POST / 1.1 stays expect=100-Continue", body: "hi"),
    ]

    static let bodies = [
        Self(
            "content", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", "POST /a 1.1 stays",
            body: "hello"),
        Self("no content", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", "POST /a 1.1 stays"),
        Self(
            "zeros before", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 002\r\n\r\nhi", "POST /a 1.1 stays",
            body: "hi"),
        chunked("two chunks", "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"),
        chunked("no chunk", "0\r\n\r\n", ""),
        chunked("many zeros", "000\r\n\r\n", ""),
        chunked("a size in hexadecimal", "1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n", "abcdefghijklmnopqrstuvwxyz"),
        chunked("extensions", "2;a;b=\"c;d\"\r\nhi\r\n0 ;x\r\n\r\n", "hi"),
        chunked("trailers", "2\r\nhi\r\n0\r\nContent-Length: 7\r\nX: y\r\n\r\n", "hi"),
        Self(
            "three at once",
            "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhiGET /2 HTTP/1.1\r\nHost: x\r\n\r\n"
                + "POST /3 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nho\r\n0\r\n\r\n",
            [
                .request("POST /1 1.1 stays", body: "hi"), .request("GET /2 1.1 stays", body: ""),
                .request("POST /3 1.1 stays", body: "ho"),
            ]),
    ]

    private static func chunked(_ name: String, _ content: String, _ body: String) -> Self {
        Self(
            name, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + content, "POST / 1.1 stays",
            body: body)
    }
}
