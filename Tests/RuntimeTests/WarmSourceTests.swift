import Platform
import Testing
import Wire

@testable import Runtime

@Suite struct WarmSourceTests {
    private func invocation(_ body: String, path: String = "/") -> [UInt8] {
        var invocation = Invocation()
        invocation.path = path
        invocation.body = Array(body.utf8)
        return invocation.frame()
    }

    @Test func `invocations are answered in order, those that came in one piece too`() throws {
        let frames = invocation("one") + invocation("") + invocation("three")
        let conversation = try WarmConversation(frames, with: CountingFunction())
        #expect(conversation.failure == nil)
        #expect(conversation.replies.map { String(decoding: $0.body, as: UTF8.self) } == ["one", "", "three"])
        #expect(conversation.replies.map(\.headers) == (1...3).map { [HeaderField("calls", "\($0)")] })
        #expect(conversation.rest.isEmpty)
    }

    @Test func `a gateway that hangs up between two frames ends the worker in peace`() throws {
        let conversation = try WarmConversation([], with: CountingFunction())
        #expect(conversation.failure == nil && conversation.replies.isEmpty && conversation.rest.isEmpty)
    }

    @Test func `a frame that is cut anywhere is not answered, and the one before it is`() throws {
        let whole = invocation("whole")
        let cut = invocation("cut")
        for length in 1..<cut.count {
            let conversation = try WarmConversation(whole + cut.prefix(length), with: CountingFunction())
            #expect(conversation.failure != nil, "cut after \(length) bytes")
            #expect(conversation.replies.count == 1 && conversation.rest.isEmpty)
        }
    }

    @Test(
        arguments: [
            [0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0x80], [0, 0, 0, 0], [1, 0, 0, 0, 1], [4, 0, 0, 0, 2, 0, 0, 0],
            [2, 0, 0, 0, 9, 9],
        ] as [[UInt8]])
    func `bytes that are no frame of ours end the worker`(_ bytes: [UInt8]) throws {
        let conversation = try WarmConversation(bytes, with: CountingFunction())
        guard case .broken = conversation.failure else {
            Issue.record("the worker went on")
            return
        }
        #expect(conversation.replies.isEmpty)
    }

    @Test func `content as long as allowed is answered, one byte more is refused, and the next call works`() throws {
        let frames = [4, 5, 4].map { invocation(String(repeating: "x", count: $0)) }.flatMap { $0 }
        let conversation = try WarmConversation(frames, bodyLimit: 4, with: CountingFunction())
        #expect(conversation.failure == nil)
        #expect(conversation.replies.map(\.status) == [200, 413, 200])
    }

    @Test func `the invocation is what the gateway sent`() throws {
        var sent = Invocation()
        (sent.method, sent.path, sent.query) = ("PATCH", "/a%20b", "x=1")
        (sent.clientAddress, sent.callID) = ("192.0.2.7", "call-1")
        (sent.deadline, sent.isInternal) = (1_234_567_890_123, true)
        sent.headers = [HeaderField("content-type", "text/plain"), HeaderField("x", "\u{e9}")]
        sent.body = Array(UInt8.min...UInt8.max)
        var pipe = try Pipe()
        var other = try Pipe()
        let gateway = try pipe.takeWriting()
        try gateway.writeAll(sent.frame())
        var source = WarmSource(input: try pipe.takeReading(), output: try other.takeWriting(), bodyLimit: 256)
        #expect(try source.next() == sent)
    }
}
