import Testing
import Wire

@testable import Runtime

@Suite struct SettlingTests {
    private func frames(_ bodies: [String]) -> [UInt8] {
        bodies.flatMap { body in
            var invocation = Invocation()
            invocation.body = Array(body.utf8)
            return invocation.frame()
        }
    }

    private func texts(_ conversation: WarmConversation) -> [String] {
        conversation.replies.map { String(decoding: $0.body, as: UTF8.self) }
    }

    @Test func `calls that come together are settled by the last of them`() throws {
        let record = Record()
        let conversation = try WarmConversation(frames(["a", "b", "c"]), with: SettlingFunction(record))
        #expect(conversation.failure == nil && texts(conversation) == ["a 1", "b 1", "c 1"])
        #expect(record.events == ["leave a", "leave b", "settle c"])
    }

    @Test func `where the last one does not settle them, that is done before any is answered`() throws {
        let record = Record()
        let conversation = try WarmConversation(frames(["a", "b", "refuse"]), with: SettlingFunction(record))
        #expect(texts(conversation) == ["a 1", "b 1", "refused"])
        #expect(record.events == ["leave a", "leave b", "settle"])
    }

    @Test func `where they cannot be settled, each is answered anew by itself`() throws {
        let record = Record(failures: 1)
        let conversation = try WarmConversation(frames(["a", "b", "refuse"]), with: SettlingFunction(record))
        #expect(texts(conversation) == ["a 2", "b 2", "refused"])
        #expect(record.events == ["leave a", "leave b", "fail", "settle a", "settle b"])
    }

    @Test func `content that is too long is refused in its place`() throws {
        let record = Record()
        let bodies = ["a", String(repeating: "x", count: 2000), "b"]
        let conversation = try WarmConversation(frames(bodies), with: SettlingFunction(record))
        #expect(conversation.replies.map(\.status) == [200, 413, 200])
        #expect(texts(conversation).first == "a 1" && texts(conversation).last == "b 1")
        #expect(record.events == ["leave a", "settle b"])
    }

    @Test func `a gateway that hangs up within a frame still has its answers`() throws {
        let record = Record()
        let cut = frames(["a", "b", "cut"]).dropLast(2)
        let conversation = try WarmConversation(Array(cut), with: SettlingFunction(record))
        #expect(conversation.failure != nil && texts(conversation) == ["a 1", "b 1"])
        #expect(record.events == ["leave a", "leave b", "settle"])
    }

    @Test func `no more than sixteen wait for each other`() throws {
        let record = Record()
        let conversation = try WarmConversation(frames((0..<40).map { "\($0)" }), with: SettlingFunction(record))
        #expect(texts(conversation) == (0..<40).map { "\($0) 1" })
        #expect(record.events.count { $0.hasPrefix("settle") } == 3)
        #expect(record.events.last == "settle 39")
    }

    @Test func `a call that comes alone is settled with its answer`() throws {
        let record = Record()
        let conversation = try WarmConversation(frames(["a"]), with: SettlingFunction(record))
        #expect(texts(conversation) == ["a 1"] && record.events == ["settle a"])
    }
}
