import Foundation
import GatewayHTTP
import Synchronization
import Testing

struct `A streamed answer` {
    @Test func `comes in chunks, and the connection goes on`() throws {
        let server = try TestServer()
        let client = try server.connect()
        client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\nGET /echo HTTP/1.1\r\nHost: x\r\n\r\n")
        let answer = try client.answer()
        #expect(answer.status == 201)
        #expect(answer.fields["transfer-encoding"] == "chunked")
        #expect(answer.text == "one,more,more,")
        #expect(try client.answer().status == 200)
        #expect(server.exchanges.lines(atLeast: 2).first == "/stream 201 14")
    }

    @Test func `goes up to the end for HTTP 1.0`() throws {
        let client = try TestServer().connect()
        client.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        let text = try client.rest()
        #expect(text.hasSuffix("\r\n\r\none,more,more,"))
        #expect(text.contains("Connection: close"))
    }

    @Test func `has no content for HEAD`() throws {
        let client = try TestServer().connect()
        client.send("HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\nGET /closes HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try client.answer(isHead: true).status == 201)
        #expect(try client.answer().status == 200)
        #expect(try client.rest() == "")
    }

    @Test func `let go without an end is cut`() throws {
        let client = try TestServer().connect()
        client.send("GET /cut-stream HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try client.rest().hasSuffix("3\r\ncut\r\n"))
    }

    @Test func `says that its client has left`() throws {
        let server = try TestServer()
        let client = try server.connect()
        client.send("GET /open-stream HTTP/1.1\r\nHost: x\r\n\r\n")
        usleep(50_000)
        client.reset()
        #expect(server.exchanges.lines(atLeast: 2) == ["/open-stream 200 4", "closed"])
    }

    @Test func `is cut where its client takes too little`() throws {
        let server = try TestServer()
        let client = try TestClient(port: server.port, receiveBuffer: 4096)
        client.send("GET /flood HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(server.exchanges.lines(atLeast: 2).last == "closed")
    }
}

struct `Draining` {
    @Test func `lets what is handled finish, and closes what is idle`() throws {
        let server = try TestServer()
        let (busy, idle) = (try server.connect(), try server.connect())
        idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(try idle.answer().status == 200)
        busy.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n")
        let done = DrainNote()
        server.run { $0.drain(within: 5000) { done.note() } }
        #expect(try idle.rest() == "")
        let text = try busy.rest()
        #expect(text.hasPrefix("HTTP/1.1 200 ") || text == "")
        #expect(done.wait())
        #expect(throws: (any Error).self) { try server.connect() }
    }

    @Test func `cuts what does not finish`() throws {
        let server = try TestServer()
        let client = try server.connect()
        client.send("GET /kept HTTP/1.1\r\nHost: x\r\n\r\n")
        usleep(50_000)
        let done = DrainNote()
        server.run { $0.drain(within: 50) { done.note() } }
        #expect(try client.rest() == "")
        #expect(done.wait())
        #expect(server.exchanges.lines(atLeast: 1) == ["/kept 499 0"])
    }
}

/// Tells one thread that a drain on another is over.
private final class DrainNote: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func note() { semaphore.signal() }

    func wait() -> Bool { semaphore.wait(timeout: .now() + 10) == .success }
}
