import Testing
import Wire

@testable import GatewayWorkers

@Suite(.serialized) struct WarmPoolTests {
    @Test func `workers are added up to the maximum, and calls beyond them wait`() throws {
        let harness = try Harness("labels: {com.openfaas.scale.min: 1, com.openfaas.scale.max: 3}")
        defer { try? harness.close() }
        #expect(harness.pool.load == PoolLoad(workers: 1, running: 0, waiting: 0))
        let calls = (0..<5).map { _ in harness.begin("sleep 100") }
        #expect(harness.pool.load == PoolLoad(workers: 3, running: 3, waiting: 2))
        for call in calls {
            guard case .reply = try harness.outcome(call) else {
                Issue.record("\(String(describing: call.outcome))")
                continue
            }
        }
        #expect(harness.pool.load == PoolLoad(workers: 3, running: 0, waiting: 0))
    }

    @Test func `calls beyond the queue's length are refused at once`() throws {
        let harness = try Harness("labels: {com.openfaas.scale.max: 1}", "annotations: {passerelle.queue: 1}")
        defer { try? harness.close() }
        let calls = (0..<4).map { _ in harness.begin("sleep 50") }
        #expect(calls.map(\.outcome) == [nil, nil, .overloaded(retryAfter: 1), .overloaded(retryAfter: 1)])
        try harness.turn { calls[0].outcome != nil && calls[1].outcome != nil }
        #expect(try harness.answer("well") == "well")
    }

    @Test func `calls that wait too long are refused`() throws {
        let harness = try Harness("labels: {com.openfaas.scale.max: 1}", "annotations: {passerelle.queue-wait: 50ms}")
        defer { try? harness.close() }
        let first = harness.begin("sleep 400")
        #expect(try harness.call("well") == .overloaded(retryAfter: 1))
        #expect(first.outcome == nil)
        guard case .reply = try harness.outcome(first) else {
            Issue.record("\(String(describing: first.outcome))")
            return
        }
    }

    @Test func `calls beyond max_inflight are refused by that name`() throws {
        let harness = try Harness("environment: {max_inflight: 2}", "labels: {com.openfaas.scale.max: 1}")
        defer { try? harness.close() }
        let calls = (0..<3).map { _ in harness.begin("sleep 50") }
        #expect(calls[2].outcome == .tooManyInFlight)
        try harness.turn { calls[0].outcome != nil && calls[1].outcome != nil }
        #expect(try harness.answer("well") == "well")
    }

    @Test func `a call whose caller has left is not begun`() throws {
        let harness = try Harness("labels: {com.openfaas.scale.max: 1}")
        defer { try? harness.close() }
        let first = harness.begin("sleep 50")
        let left = harness.begin("exit 9")
        left.isGone = true
        _ = try harness.outcome(first)
        let last = try harness.call("well")
        #expect(last == .reply(Reply(headers: [HeaderField("content-type", "text/plain")], body: Array("well".utf8))))
        #expect(left.outcome == nil)
    }

    @Test func `a minimum of none starts the first worker with the first call`() throws {
        let harness = try Harness("labels: {com.openfaas.scale.min: 0}")
        defer { try? harness.close() }
        #expect(harness.table.count == 0)
        #expect(try harness.answer("well") == "well")
        #expect(harness.table.count == 1)
    }

    @Test func `a function that scales to zero has no worker after its idle time`() throws {
        let labels = "labels: {com.openfaas.scale.zero: true, com.openfaas.scale.zero-duration: 200ms}"
        let harness = try Harness(labels)
        defer { try? harness.close() }
        #expect(try harness.answer("well") == "well")
        try harness.turn { harness.table.count == 0 }
        #expect(harness.table.count == 0)
        #expect(try harness.answer("again") == "again")
    }

    @Test func `workers that were asked for by hand go, too, once a function that scales to zero has no calls`() throws
    {
        let labels = "labels: {com.openfaas.scale.zero: true, com.openfaas.scale.zero-duration: 200ms}"
        let harness = try Harness(labels)
        defer { try? harness.close() }
        harness.pool.scale(to: 3)
        #expect(harness.table.count == 3)
        try harness.turn { harness.table.count == 0 }
        #expect(harness.table.count == 0)
        #expect(try harness.answer("again") == "again")
        #expect(harness.table.count == 1)
    }

    @Test func `how processes ended is counted`() throws {
        let harness = try Harness("labels: {com.openfaas.scale.min: 0, com.openfaas.scale.max: 1}")
        defer { try? harness.close() }
        #expect(try harness.answer("retire") != "")
        try harness.turn { harness.table.count == 0 }
        _ = try harness.call("exit 3")
        _ = try harness.call("print")
        try harness.turn { harness.table.count == 0 }
        let figures = try #require(harness.table.figures.values.first)
        #expect(figures.started == 3 && figures.left == 1 && figures.failed == 1 && figures.stopped == 1, "\(figures)")
    }

    @Test func `a pool that stops answers what it took and lets its workers go`() throws {
        let harness = try Harness("labels: {com.openfaas.scale.max: 1}")
        let calls = (0..<3).map { _ in harness.begin("sleep 30") }
        harness.pool.stop()
        #expect(try harness.call("late") == .overloaded(retryAfter: 1))
        try harness.turn { calls.allSatisfy { $0.outcome != nil } && harness.table.count == 0 }
        #expect(harness.table.count == 0)
        #expect(calls.allSatisfy { if case .reply = $0.outcome { true } else { false } })
    }

    @Test(arguments: [
        ("descriptors", "0 1 2"), ("session", "true"), ("variable FUNCTION_MODE", "warm"), ("variable PATH", "-"),
        ("variable DECLARED", "yes"),
    ])
    func `a worker has its own session, three descriptors and its declared variables alone`(
        _ question: String, _ answer: String
    ) throws {
        let harness = try Harness(environment: ["DECLARED=yes"])
        defer { try? harness.close() }
        #expect(try harness.answer(question) == answer)
    }
}
