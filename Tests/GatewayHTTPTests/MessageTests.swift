import Primitives
import Testing

@testable import GatewayHTTP

struct `A request head` {
    private let head = RequestHead(
        method: "GET", path: "/a", query: "b=c",
        headers: [HTTPField("x-a", "1"), HTTPField("x-b", "été"), HTTPField("x-a", "2")])

    @Test func `gives what it was made of`() {
        #expect(head.path == "/a")
        #expect(head.query == "b=c")
        #expect(head.header("x-a") == "1")
        #expect(head.values(of: "x-a") == ["1", "2"])
        #expect(head.header("x") == nil)
        #expect(head.headers.map(\.value) == ["1", "été", "2"])
    }

    @Test func `lends the same bytes as it makes strings of`() {
        var fields: [HTTPField] = []
        head.forEachField { name, value in
            fields.append(
                HTTPField(name.text(ByteRange(0, name.count)), value.text(ByteRange(0, value.count))))
        }
        #expect(fields == head.headers)
        #expect(head.withPath { $0.text(ByteRange(0, $0.count)) } == "/a")
        let query = head.withQuery { span in
            if let span { span.text(ByteRange(0, span.count)) } else { "none" }
        }
        #expect(query == "b=c")
    }

    @Test func `shows the target's host where the target is absolute`() {
        let bytes = Array("GET http://y:1/a HTTP/1.1\r\nHost: x\r\nA: b\r\n\r\n".utf8)
        var decoder = RequestDecoder(HTTPLimits())
        var position = 0
        guard case .head(let head) = decoder.next(bytes.span, &position) else {
            Issue.record("no head")
            return
        }
        #expect(head.header("host") == "y:1")
        #expect(head.headers.count == 2)
    }
}

struct `The Date field` {
    @Test(arguments: [
        (784_111_777_000, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (1_709_251_199_999, "Thu, 29 Feb 2024 23:59:59 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
    ])
    func `is written as RFC 9110 shows it`(_ milliseconds: Int64, _ text: String) {
        #expect(DateField.text(Timestamp(milliseconds: milliseconds)) == text)
    }
}

struct `A socket address` {
    @Test(arguments: ["127.0.0.1", "255.255.255.255", "::1", "2001:db8::5"])
    func `is shown as it was given`(_ text: String) throws {
        let address = try SocketAddress(host: text, port: 8080)
        #expect(address.host == text)
        #expect(address.port == 8080)
    }

    @Test func `is shown as IPv4 where IPv6 carries it`() throws {
        #expect(try SocketAddress(host: "::ffff:10.0.0.1", port: 1).host == "10.0.0.1")
    }

    @Test(arguments: ["localhost", "1.2.3", "", "::g", "1.2.3.4 "])
    func `is refused where it is not numeric`(_ text: String) {
        #expect(throws: (any Error).self) { try SocketAddress(host: text, port: 1) }
    }
}

struct `The classes of bytes` {
    @Test func `are those of the RFCs, for every byte`() {
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        let token = Set((letters + "!#$%&'*+-.^_`|~").utf8)
        let host = Set((letters + "-._~%!$&'()*+,;=").utf8)
        for byte in UInt8.min...UInt8.max {
            #expect(ByteClass.isToken(byte) == token.contains(byte))
            #expect(ByteClass.isControl(byte) == ((byte < 32 && byte != 9) || byte == 127))
            #expect(Host.isValid([byte].span, ByteRange(0, 1)) == host.contains(byte))
        }
    }
}
