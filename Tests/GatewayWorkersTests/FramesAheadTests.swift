import Glibc
import Testing
import Wire

@testable import GatewayWorkers

@Suite(.serialized) struct FramesAheadTests {
    /// A pool of one worker that has answered fast often enough to be given frames ahead.
    private func fastHarness(_ settings: String = "environment: {exec_timeout: 500ms}") throws -> Harness {
        let harness = try Harness(
            settings, "labels: {com.openfaas.scale.max: 1}", "annotations: {passerelle.frames-ahead: 4}")
        for _ in 0..<300 { _ = try harness.answer("warm") }
        return harness
    }

    private func isReply(_ outcome: CallOutcome?, _ text: String) -> Bool {
        guard case .reply(let reply) = outcome else { return false }
        return String(decoding: reply.body, as: UTF8.self) == text
    }

    @Test func `many calls at once are each answered with their own answer`() throws {
        let harness = try fastHarness()
        defer { try? harness.close() }
        let calls = (0..<100).map { ($0, harness.begin("call \($0)")) }
        try harness.turn { calls.allSatisfy { $0.1.outcome != nil } }
        for (number, call) in calls { #expect(isReply(call.outcome, "call \(number)")) }
        #expect(harness.pool.load == PoolLoad(workers: 1, running: 0, waiting: 0))
    }

    @Test(arguments: [
        ("trap", nil), ("exit 3", CallOutcome.died(.status(3))), ("raise 9", .died(.signal(SIGKILL))),
        ("hang", .deadline), ("ignore-term", .deadline), ("half-and-exit", .died(.status(0))), ("retire", nil),
    ])
    func `calls behind one that goes wrong are answered by another worker`(
        _ misdeed: String, _ outcome: CallOutcome?
    ) throws {
        let harness = try fastHarness()
        defer { try? harness.close() }
        let before = (0..<3).map { _ in harness.begin("before") }
        let bad = harness.begin(misdeed)
        let after = (0..<20).map { ($0, harness.begin("after \($0)")) }
        try harness.turn { after.allSatisfy { $0.1.outcome != nil } && bad.outcome != nil }
        #expect(before.allSatisfy { isReply($0.outcome, "before") })
        if let outcome { #expect(bad.outcome == outcome) }
        for (number, call) in after {
            #expect(isReply(call.outcome, "after \(number)"), "\(number): \(String(describing: call.outcome))")
        }
    }

    @Test func `calls behind one that breaks the rules are not given away, since one may have begun`() throws {
        let harness = try fastHarness()
        defer { try? harness.close() }
        let first = harness.begin("first")
        let bad = harness.begin("print")
        let after = (0..<20).map { _ in harness.begin("after") }
        try harness.turn { after.allSatisfy { $0.outcome != nil } && bad.outcome != nil }
        #expect(isReply(first.outcome, "first"))
        #expect(bad.outcome == .fault(.garbled))
        #expect(after.allSatisfy { isReply($0.outcome, "after") || $0.outcome == .fault(.garbled) })
        #expect(after.count { $0.outcome == .fault(.garbled) } <= 3)
        #expect(try harness.answer("well") == "well")
    }

    @Test func `a worker is replaced after its number of calls, also with frames ahead`() throws {
        let harness = try Harness(
            "labels: {com.openfaas.scale.max: 1}",
            "annotations: {passerelle.frames-ahead: 8, passerelle.recycle-after: 50}")
        defer { try? harness.close() }
        let calls = (0..<120).map { _ in harness.begin("pid") }
        try harness.turn { calls.allSatisfy { $0.outcome != nil } }
        var counts: [String: Int] = [:]
        for call in calls {
            guard case .reply(let reply) = call.outcome else { continue }
            counts[String(decoding: reply.body, as: UTF8.self), default: 0] += 1
        }
        #expect(counts.values.sorted() == [20, 50, 50])
    }
}
