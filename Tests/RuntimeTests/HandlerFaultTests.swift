import JSON
import Testing
import Wire

@testable import Runtime

@Suite struct HandlerFaultTests {
    private func reply(to path: String) throws -> Reply {
        var handler = FailingFunction()
        var invocation = Invocation()
        invocation.path = path
        return FunctionRuntime.answer(invocation, with: &handler, FunctionEnvironment(variables: [:]))
    }

    @Test func `whatever a handler throws is answered as a bare 500 that tells nothing`() throws {
        let reply = try reply(to: "/foreign")
        #expect(reply.status == 500)
        #expect(reply == FunctionFailure.internalError.answer.reply)
        let text = String(decoding: reply.body, as: UTF8.self)
        #expect(!text.contains("Mishap") && !text.contains("hunter2"))
    }

    @Test func `a failure that is meant for the caller reaches it`() throws {
        #expect(try reply(to: "/own") == FunctionFailure.notFound.answer.reply)
    }

    @Test func `an error that knows its failure is answered with it`() throws {
        let reply = try reply(to: "/known")
        #expect(reply.status == 503)
        #expect(reply.headers.contains(HeaderField("retry-after", "3")))
    }

    @Test(arguments: ["/%", "/%4", "/%zz", "/%00", "/%ff", "/a/%c3%28"])
    func `a path that is not percent-encoded UTF-8 is not found`(_ path: String) throws {
        #expect(try reply(to: path).status == 404)
    }

    @Test func `a call that failed does not harm the next one`() throws {
        let frames = ["/foreign", "/", "/own", "/"].map { path in
            var invocation = Invocation()
            invocation.path = path
            return invocation.frame()
        }
        let conversation = try WarmConversation(frames.flatMap { $0 }, with: FailingFunction())
        #expect(conversation.failure == nil)
        #expect(conversation.replies.map(\.status) == [500, 200, 404, 200])
    }
}
