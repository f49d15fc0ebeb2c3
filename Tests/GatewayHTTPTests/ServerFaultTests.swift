import Foundation
import GatewayHTTP
import Testing

struct `The server, with clients that fail it` {
    private static var hasty: HTTPLimits {
        var limits = HTTPLimits()
        limits.headTimeout = 150
        limits.bodyTimeout = 150
        limits.idleTimeout = 150
        limits.sendTimeout = 300
        limits.lingerTimeout = 150
        return limits
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: x\r\n", "G", "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhell",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
    ])
    func `a slow sender gets 408`(_ text: String) throws {
        let client = try TestServer(Self.hasty).connect()
        client.send(text)
        let answers = try client.rest().components(separatedBy: "HTTP/1.1 ").dropFirst()
        #expect(answers.last?.hasPrefix("408 ") == true)
        #expect(answers.count == text.components(separatedBy: "GET /").count - 1 || answers.count == 1)
    }

    @Test func `a sender of one byte after another gets 408`() throws {
        let client = try TestServer(Self.hasty).connect()
        for byte in "GET /a/path/that/takes/a/while HTTP/1.1\r\nHost: x\r\nA: b" {
            client.send(String(byte))
            usleep(10_000)
        }
        #expect(try client.rest().hasPrefix("HTTP/1.1 408 "))
    }

    @Test func `a connection without a request is closed without a word`() throws {
        let server = try TestServer(Self.hasty)
        #expect(try server.connect().rest() == "")
        let client = try server.connect()
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try client.answer().status == 200)
        #expect(try client.rest() == "")
    }

    @Test(arguments: ["/echo", "/later", "/stream"])
    func `a client that has ended its sending is answered`(_ path: String) throws {
        let client = try TestServer().connect()
        client.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
        client.endSending()
        #expect(try client.answer().status == (path == "/stream" ? 201 : 200))
        #expect(try client.rest() == "")
    }

    @Test(arguments: ["GET / HTTP/1.1\r\nHost", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhell"])
    func `a request cut off gets 400`(_ text: String) throws {
        let client = try TestServer().connect()
        client.send(text)
        client.endSending()
        #expect(try client.rest().hasPrefix("HTTP/1.1 400 "))
    }

    @Test func `a client that leaves while its request is handled is noted as 499`() throws {
        let server = try TestServer()
        let client = try server.connect()
        client.send("GET /kept HTTP/1.1\r\nHost: x\r\n\r\n")
        usleep(50_000)
        client.reset()
        #expect(server.exchanges.lines(atLeast: 1) == ["/kept 499 0"])
        let other = try server.connect()
        other.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try other.answer().status == 200)
    }

    @Test func `a client that takes nothing of its answer is cut`() throws {
        let server = try TestServer(Self.hasty)
        let client = try TestClient(port: server.port, receiveBuffer: 4096)
        client.send(String(repeating: "GET /large HTTP/1.1\r\nHost: x\r\n\r\n", count: 20))
        _ = server.exchanges.lines(atLeast: 1)
        usleep(900_000)
        #expect(throws: TestClient.Failure.self) { for _ in 0..<20 { _ = try client.answer() } }
        withExtendedLifetime(server) {}
    }

    @Test func `what is read ahead while a request is handled is bounded`() throws {
        let server = try TestServer()
        let client = try server.connect()
        client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n")
        let count = 20_000
        client.send(String(repeating: "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n", count: count))
        client.endSending()
        for _ in 0...count { #expect(try client.answer().status == 200) }
        #expect(try client.rest() == "")
    }

    @Test func `connections over the limit get 503`() throws {
        var limits = HTTPLimits()
        limits.connections = 2
        let server = try TestServer(limits)
        let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
        let first = try [server.connect(), server.connect()]
        for client in first {
            client.send(request)
            #expect(try client.answer().status == 200)
        }
        let third = try server.connect()
        third.send(request)
        let text = try third.rest()
        #expect(text.hasPrefix("HTTP/1.1 503 ") && text.contains("Connection: close"))
        first[0].send(request)
        #expect(try first[0].answer().status == 200)
    }
}
