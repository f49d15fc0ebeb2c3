import Foundation
import GatewayEventLoop
import Glibc
import Testing
import Wire

@testable import GatewayWorkers

@Suite(.serialized) struct StartedAheadTests {
    /// Two processes wait, beside the one that they may be copies of.
    private func harness(_ copies: Bool) throws -> Harness {
        let harness = try Harness(
            "environment: {exec_timeout: 300ms, max_reply: 64KiB}", "annotations: {passerelle.mode: one-shot}",
            startedAhead: 2, copies: copies)
        try harness.turn { harness.isSettled }
        return harness
    }

    @Test(arguments: [false, true])
    func `a call is answered by a process that was there before it, and each by another`(_ copies: Bool) throws {
        let harness = try harness(copies)
        defer { try? harness.close() }
        var seen: Set<String> = []
        for _ in 0..<5 {
            let waiting = harness.table.processes(of: "faulty").map(String.init)
            let pid = try #require(try harness.answer("pid"))
            #expect(waiting.contains(pid) && seen.insert(pid).inserted)
            try harness.turn { harness.isSettled }
        }
    }

    @Test(arguments: [false, true])
    func `status, fields and metadata travel in frames`(_ copies: Bool) throws {
        let harness = try harness(copies)
        defer { try? harness.close() }
        var invocation = Invocation()
        invocation.callID = "mine"
        invocation.body = Array("call-id".utf8)
        let outcome = try harness.outcome(harness.begin(invocation.body, invocation))
        #expect(
            outcome == .reply(Reply(headers: [HeaderField("content-type", "text/plain")], body: Array("mine".utf8))))
    }

    @Test(arguments: [false, true])
    func `no more are kept than may be, also after many calls at once`(_ copies: Bool) throws {
        let harness = try harness(copies)
        defer { try? harness.close() }
        let waiters = (0..<20).map { _ in harness.begin("pid") }
        for waiter in waiters { _ = try harness.outcome(waiter) }
        let pids = waiters.compactMap { waiter -> [UInt8]? in
            guard case .reply(let reply) = waiter.outcome else { return nil }
            return reply.body
        }
        #expect(Set(pids).count == 20)
        #expect(try harness.turn { harness.isSettled })
        for _ in 0..<10 {
            harness.loop.after(milliseconds: 10) {}
            try harness.loop.turn()
        }
        #expect(harness.isSettled)
    }

    @Test(
        arguments: [
            ("trap", [.died(.signal(SIGILL)), .died(.signal(SIGTRAP)), .died(.signal(SIGABRT))]),
            ("exit 3", [.died(.status(3))]),
            ("exit 0", [.died(.status(0))]),
            ("hang", [.deadline]),
            ("ignore-term", [.deadline]),
            ("half", [.died(.status(0))]),
            ("close", [.deadline]),
            ("print", [.fault(.garbled)]),
            ("excess", [.fault(.garbled)]),
            ("too-much 5000000", [.fault(.tooLarge)]),
            ("claims-too-much", [.fault(.tooLarge)]),
        ] as [(String, [CallOutcome])], [false, true])
    func `a process's misdeed is named, and the next call is answered`(
        _ of: (misdeed: String, outcomes: [CallOutcome]), _ copies: Bool
    ) throws {
        let (misdeed, outcomes) = of
        let harness = try harness(copies)
        defer { try? harness.close() }
        let outcome = try harness.call(misdeed)
        #expect(outcomes.contains { $0 == outcome }, "\(String(describing: outcome))")
        #expect(try harness.answer("well") == "well")
        #expect(try harness.turn { harness.isSettled })
    }

    @Test(arguments: [false, true])
    func `one that is killed while it waits costs no call`(_ copies: Bool) throws {
        let harness = try harness(copies)
        defer { try? harness.close() }
        for pid in harness.table.processes(of: "faulty") where pid != harness.template {
            kill(pid, SIGKILL)
            // Dead, and not reaped, since the loop does not turn meanwhile.
            for _ in 0..<1000 where !isDead(pid) { usleep(5_000) }
        }
        let outcome = try harness.call("well")
        let reply = Reply(headers: [HeaderField("content-type", "text/plain")], body: Array("well".utf8))
        #expect(outcome == .reply(reply))
    }

    private func isDead(_ pid: Int32) -> Bool {
        let state = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        return state?.split(separator: ")").last?.hasPrefix(" Z") ?? true
    }

    @Test(arguments: [false, true])
    func `where none can be kept each call starts its own`(_ copies: Bool) throws {
        let failing = try Harness(
            "annotations: {passerelle.mode: one-shot}", environment: ["FAULT_AT_START=exit"], startedAhead: 2,
            copies: copies)
        defer { try? failing.close() }
        for _ in 0..<3 { #expect(try failing.answer("well") == "well") }
    }

    @Test(arguments: [false, true])
    func `they go when the function does`(_ copies: Bool) throws {
        let harness = try harness(copies)
        harness.pool.stop()
        #expect(try harness.turn { harness.table.count == 0 })
        try harness.close()
    }
}
