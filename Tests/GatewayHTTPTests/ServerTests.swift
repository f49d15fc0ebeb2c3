import Foundation
import GatewayHTTP
import Testing

struct `The server` {
    private static let hostile = Result { try TestServer() }

    @Test(arguments: HostileRequest.all)
    func `answers a hostile request once, and closes`(_ request: HostileRequest) throws {
        let client = try Self.hostile.get().connect()
        client.send(request.bytes)
        let text = try client.rest()
        #expect(text.hasPrefix("HTTP/1.1 \(request.status) "))
        #expect(text.components(separatedBy: "HTTP/1.1 ").count == 2)
        #expect(text.contains("\r\nConnection: close\r\n"))
    }

    @Test func `keeps a connection for one request after another`() throws {
        let server = try TestServer()
        let client = try server.connect()
        for body in ["hello", "", "world"] {
            client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            let answer = try client.answer()
            #expect(answer.status == 200)
            #expect(answer.text == body)
            #expect(answer.fields["connection"] == nil)
            #expect(answer.fields["date"]?.hasSuffix(" GMT") == true)
        }
        #expect(server.exchanges.lines(atLeast: 3) == ["/echo 200 5", "/echo 200 0", "/echo 200 5"])
    }

    @Test(arguments: ["/later", "/echo"])
    func `answers pipelined requests in order`(_ path: String) throws {
        let client = try TestServer().connect()
        let bodies = (0..<100).map { "number \($0)" }
        let requests = bodies.enumerated().map { index, body in
            let path = index % 10 == 0 ? path : "/echo"
            return "POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
        client.send(requests.joined())
        client.endSending()
        for body in bodies { #expect(try client.answer().text == body) }
        #expect(try client.rest() == "")
    }

    @Test func `takes content in chunks and drops trailers`() throws {
        let client = try TestServer().connect()
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhel")
        client.send("lo\r\n1\r\n!\r\n0\r\nX: y\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try client.answer().text == "hello!")
        #expect(try client.answer().status == 200)
    }

    @Test func `says 100 only where the content is waited for and wanted`() throws {
        let server = try TestServer()
        let expecting = "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
        let client = try server.connect()
        client.send(expecting + "5\r\n\r\n")
        #expect(try client.answer().status == 100)
        client.send("hello")
        #expect(try client.answer().text == "hello")
        client.send(expecting + "5\r\n\r\nhello")
        #expect(try client.answer().text == "hello")
        client.send(expecting + "65\r\n\r\n")
        #expect(try client.rest().hasPrefix("HTTP/1.1 413 "))
        let other = try server.connect()
        other.send("POST /missing HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
        #expect(try other.rest().hasPrefix("HTTP/1.1 404 "))
    }

    @Test func `a refused request with short content keeps its connection`() throws {
        let client = try TestServer().connect()
        client.send("POST /missing HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel")
        client.send("loGET /echo HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try client.answer().text == "missing")
        #expect(try client.answer().status == 200)
    }

    @Test func `HEAD gets the length and no content`() throws {
        let client = try TestServer().connect()
        client.send("HEAD /large HTTP/1.1\r\nHost: x\r\n\r\nGET /echo HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try client.answer(isHead: true).fields["content-length"] == "4194304")
        #expect(try client.answer().fields["content-length"] == "0")
    }

    @Test func `204 has neither length nor content`() throws {
        let client = try TestServer().connect()
        client.send("GET /empty HTTP/1.1\r\nHost: x\r\n\r\n")
        let answer = try client.answer()
        #expect(answer.status == 204)
        #expect(answer.fields["content-length"] == nil)
    }

    @Test(arguments: [
        ("GET / HTTP/1.0\r\n\r\n", "close"), ("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "keep-alive"),
        ("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "close"),
        ("GET /closes HTTP/1.1\r\nHost: x\r\n\r\n", "close"),
    ])
    func `says whether the connection stays`(_ request: String, _ connection: String) throws {
        let client = try TestServer().connect()
        client.send(request)
        #expect(try client.answer().fields["connection"] == connection)
        if connection == "close" { #expect(try client.rest() == "") }
    }

    @Test func `leaves out what a field may not hold and what it writes itself`() throws {
        let client = try TestServer().connect()
        client.send("GET /fields HTTP/1.1\r\nHost: x\r\n\r\n")
        let fields = try client.answer().fields
        #expect(Set(fields.keys) == ["date", "x-good", "content-length"])
        #expect(fields["content-length"] == "0")
    }

    @Test func `a responder let go becomes 500`() throws {
        let client = try TestServer().connect()
        client.send("GET /dropped HTTP/1.1\r\nHost: x\r\n\r\nGET /echo HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try client.answer().status == 500)
        #expect(try client.answer().status == 200)
    }

    @Test func `a client that sends on sees the error, not a reset`() throws {
        let client = try TestServer().connect()
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n")
        client.send([UInt8](repeating: 0x61, count: 3_000_000))
        client.endSending()
        #expect(try client.rest().hasPrefix("HTTP/1.1 413 "))
    }

    @Test func `large answers and contents pass whole`() throws {
        let server = try TestServer()
        let client = try TestClient(port: server.port, receiveBuffer: 4096)
        let body = [UInt8](repeating: 0x62, count: 5_000_000)
        client.send("POST /large-body HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.count)\r\n\r\n")
        client.send(body)
        #expect(try client.answer().body.count == body.count)
        client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\nGET /echo HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try client.answer().body == ScriptedHandler.large)
        #expect(try client.answer().status == 200)
    }

    @Test func `tells a function's caller by address`() throws {
        let server = try TestServer()
        let client = try server.connect()
        client.send("GET /client HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try client.answer().text == "127.0.0.1")
    }
}
