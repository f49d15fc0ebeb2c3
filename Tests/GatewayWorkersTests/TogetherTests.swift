import Testing
import Wire

@testable import GatewayWorkers

@Suite(.serialized) struct TogetherTests {
    private func harness(workers: Int, _ others: String = "") throws -> Harness {
        try Harness(
            "environment: {exec_timeout: 60s}", "labels: {com.openfaas.scale.max: \(workers)}",
            "annotations: {passerelle.together: true, passerelle.queue-wait: 60s\(others)}")
    }

    private func isReply(_ outcome: CallOutcome?, _ text: String) -> Bool {
        guard case .reply(let reply) = outcome else { return false }
        return String(decoding: reply.body, as: UTF8.self) == text
    }

    @Test func `calls are given to a worker that is busy, up to its number, and others wait`() throws {
        let harness = try harness(workers: 1, ", passerelle.frames-ahead: 4")
        defer { try? harness.close() }
        let calls = ["sleep 100"] + (1..<7).map { "call \($0)" }
        let waiters = calls.map { harness.begin($0) }
        #expect(harness.pool.load == PoolLoad(workers: 1, running: 4, waiting: 3, busy: 1))
        try harness.turn { waiters.allSatisfy { $0.outcome != nil } }
        #expect(isReply(waiters[0].outcome, "slept"))
        for (call, waiter) in zip(calls, waiters).dropFirst() { #expect(isReply(waiter.outcome, call)) }
    }

    @Test func `workers are started first, and then have about as many calls each`() throws {
        let harness = try harness(workers: 2)
        defer { try? harness.close() }
        let waiters = (0..<8).map { _ in harness.begin("pid") }
        #expect(harness.pool.load == PoolLoad(workers: 2, running: 8, waiting: 0, busy: 2))
        try harness.turn { waiters.allSatisfy { $0.outcome != nil } }
        let answers = waiters.map { waiter in
            if case .reply(let reply) = waiter.outcome { String(decoding: reply.body, as: UTF8.self) } else { "" }
        }
        #expect(Set(answers).count == 2 && answers.count { $0 == answers[0] } == 4)
    }

    @Test(arguments: [0, 3, 5])
    func `the calls of a worker that dies are answered one by one, but for the one that it dies of`(
        _ place: Int
    ) throws {
        let harness = try harness(workers: 1)
        defer { try? harness.close() }
        var calls = (0..<5).map { "call \($0)" }
        calls.insert("exit 3", at: place)
        let waiters = calls.map { harness.begin($0) }
        try harness.turn { waiters.allSatisfy { $0.outcome != nil } }
        for (call, waiter) in zip(calls, waiters) where call != "exit 3" { #expect(isReply(waiter.outcome, call)) }
        #expect(waiters[place].outcome == .died(.status(3)))
        #expect(try harness.answer("well") == "well")
    }

    @Test func `big calls that come faster than they are read are answered like others`() throws {
        let harness = try harness(workers: 1)
        defer { try? harness.close() }
        let big = [UInt8](repeating: 120, count: 60_000)
        var waiters = (0..<8).map { _ in harness.begin(big) }
        for _ in 0..<50 {
            try harness.turn { waiters.contains { $0.outcome != nil } }
            waiters.removeAll { $0.outcome != nil }
            while waiters.count < 8 { waiters.append(harness.begin(big)) }
        }
        try harness.turn { waiters.allSatisfy { $0.outcome != nil } }
        #expect(waiters.allSatisfy { isReply($0.outcome, String(repeating: "x", count: 60_000)) })
    }
}
