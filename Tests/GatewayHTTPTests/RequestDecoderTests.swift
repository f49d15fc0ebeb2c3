import Testing

@testable import GatewayHTTP

struct `The request decoder` {
    @Test(arguments: HostileRequest.all)
    func `refuses a hostile request once`(_ request: HostileRequest) {
        #expect(Decoding.outcomes([request.bytes]) == [.refused(request.status)])
    }

    @Test(arguments: HostileRequest.all)
    func `refuses a hostile request wherever it is cut`(_ request: HostileRequest) {
        let step = max(1, request.bytes.count / 500)
        for cut in stride(from: 0, to: request.bytes.count, by: step) {
            let pieces = [request.bytes[..<cut], request.bytes[cut...]]
            #expect(Decoding.outcomes(pieces) == [.refused(request.status)], "cut at \(cut)")
        }
    }

    @Test(arguments: HostileRequest.all.filter { $0.bytes.count < 4096 })
    func `refuses a hostile request that comes byte by byte`(_ request: HostileRequest) {
        #expect(Decoding.outcomes(request.bytes.map { [$0] }) == [.refused(request.status)])
    }

    @Test(arguments: HostileRequest.all)
    func `answers what came before a hostile request`(_ request: HostileRequest) {
        let bytes = Array("GET /first HTTP/1.1\r\nHost: x\r\n\r\n".utf8) + request.bytes
        let first = Outcome.request("GET /first 1.1 stays", body: "")
        #expect(Decoding.outcomes([bytes]) == [first, .refused(request.status)])
    }

    @Test(arguments: GoodRequest.all)
    func `reads a good request`(_ request: GoodRequest) {
        #expect(Decoding.outcomes([request.bytes]) == request.outcomes)
    }

    @Test(arguments: GoodRequest.all)
    func `reads a good request cut at every byte`(_ request: GoodRequest) {
        #expect(Decoding.outcomes(request.bytes.map { [$0] }) == request.outcomes)
        for cut in request.bytes.indices {
            #expect(Decoding.outcomes([request.bytes[..<cut], request.bytes[cut...]]) == request.outcomes, "at \(cut)")
        }
    }

    @Test func `a request that is not whole is waited for`() {
        for request in GoodRequest.all where request.outcomes.count == 1 {
            for cut in 1..<request.bytes.count where request.bytes[cut - 1] != UInt8(ascii: "\n") || cut > 2 {
                #expect(Decoding.outcomes([request.bytes[..<cut]]) == [.needsMore], "\(request.name) up to \(cut)")
            }
        }
    }

    @Test func `limits hold to the byte`() {
        var limits = HTTPLimits()
        limits.requestLine = 20
        limits.headBytes = 60
        limits.fieldCount = 2
        func statuses(_ text: String) -> [Outcome] { Decoding.outcomes([Array(text.utf8)], limits: limits) }
        let rest = "\r\nHost: x\r\n\r\n"
        #expect(statuses("GET /1234567 HTTP/1.1" + rest) == [.refused(414)])
        #expect(statuses("GET /123456 HTTP/1.1" + rest) == [.request("GET /123456 1.1 stays", body: "")])
        let head = "GET / HTTP/1.1\r\nHost: x\r\nA: "
        let space = 60 - head.utf8.count - 4
        #expect(statuses(head + String(repeating: "b", count: space + 1) + "\r\n\r\n") == [.refused(431)])
        let fits = String(repeating: "b", count: space)
        #expect(statuses(head + fits + "\r\n\r\n") == [.request("GET / 1.1 stays a=\(fits)", body: "")])
        #expect(statuses("GET / HTTP/1.1\r\nHost: x\r\nA:\r\nB:\r\n\r\n") == [.refused(431)])
    }

    @Test func `dropped content leaves the next request whole`() {
        let bytes = Array("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhelloGET /next".utf8)
        var decoder = RequestDecoder(HTTPLimits())
        var position = 0
        guard case .head = decoder.next(bytes.span, &position) else {
            Issue.record("no head")
            return
        }
        let isDropped = decoder.discard()
        #expect(isDropped)
        guard case .content(let body) = decoder.next(bytes.span, &position) else {
            Issue.record("no content")
            return
        }
        #expect(body.isEmpty)
        #expect(bytes[position...].elementsEqual("GET /next".utf8))
    }

    @Test(arguments: ["Content-Length: 65537", "Transfer-Encoding: chunked"])
    func `content too long to drop is not dropped`(_ field: String) {
        let bytes = Array("POST / HTTP/1.1\r\nHost: x\r\n\(field)\r\n\r\n".utf8)
        var decoder = RequestDecoder(HTTPLimits())
        var position = 0
        _ = decoder.next(bytes.span, &position)
        let isDropped = decoder.discard()
        #expect(!isDropped)
    }
}
