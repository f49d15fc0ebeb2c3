import Glibc
import Testing
import Wire

@testable import GatewayWorkers

/// One-shot calls by copies of a process that was started before.
@Suite(.serialized) struct TemplateTests {
    private func harness(_ environment: [String] = [], timeout: String = "5m") throws -> Harness {
        let harness = try Harness(
            "environment: {exec_timeout: \(timeout), max_reply: 64KiB}", "labels: {com.openfaas.scale.max: \"4\"}",
            "annotations: {passerelle.mode: one-shot, passerelle.queue: \"1000\"}", environment: environment,
            startedAhead: 2, copies: true)
        try harness.turn { harness.isSettled }
        return harness
    }

    @Test func `a copy is the gateway's own child, in a session of its own, with its three descriptors`() throws {
        let harness = try harness()
        defer { try? harness.close() }
        for _ in 0..<3 {
            #expect(try harness.answer("parent") == "\(getpid())")
            #expect(try harness.answer("session") == "true")
            #expect(try harness.answer("descriptors") == "0 1 2")
            #expect(try harness.answer("variable FUNCTION_MODE") == "once-started-ahead")
        }
        #expect(try harness.answer("say something") == "said")
        #expect(try harness.turn { harness.log.lines.contains("something") })
    }

    @Test func `a template that is killed between two calls costs none, and there is another`() throws {
        let harness = try harness()
        defer { try? harness.close() }
        for _ in 0..<3 {
            let template = try #require(harness.template)
            kill(template, SIGKILL)
            #expect(try harness.answer("well") == "well")
            #expect(try harness.answer("well") == "well")
            #expect(try harness.turn { harness.template != template })
            for _ in 0..<1000 where harness.template == nil {
                #expect(try harness.answer("well") == "well")
                usleep(10_000)
            }
            #expect(harness.template != nil)
        }
    }

    @Test func `a template that is killed during calls takes none of them with it`() throws {
        let harness = try harness()
        defer { try? harness.close() }
        let release = "/tmp/passerelle-release-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        defer { _ = unsafe unlink(release) }
        let held = (0..<4).map { _ in harness.begin("hold \(release)") }
        try harness.turn { harness.log.lines.count(where: { $0 == "holding" }) == 4 }
        let waiting = (0..<20).map { harness.begin("number \($0)") }
        let template = try #require(harness.template)
        kill(template, SIGKILL)
        #expect(try harness.turn { harness.template != template })
        close(unsafe creat(release, 0o600))
        for waiter in held { #expect(try text(harness.outcome(waiter)) == "held") }
        for (number, waiter) in waiting.enumerated() {
            #expect(try text(harness.outcome(waiter)) == "number \(number)")
        }
    }

    @Test func `one that stands still is replaced, and its calls are answered`() throws {
        let harness = try harness()
        defer { try? harness.close() }
        let template = try #require(harness.template)
        kill(template, SIGSTOP)
        for number in 0..<6 { #expect(try harness.answer("number \(number)") == "number \(number)") }
        #expect(try harness.turn { harness.template != template })
    }

    @Test(arguments: ["exit", "lie"])
    func `where there is no template, or one that names others' processes, calls are answered all the same`(
        _ fault: String
    ) throws {
        let harness = try harness(["FAULT_IN_TEMPLATE=\(fault)"])
        defer { try? harness.close() }
        for number in 0..<5 { #expect(try harness.answer("number \(number)") == "number \(number)") }
        #expect(harness.table.processes(of: "faulty").allSatisfy { $0 != getpid() })
    }

    @Test func `after a thousand calls there are as many processes and descriptors as before`() throws {
        let harness = try harness()
        defer { try? harness.close() }
        for _ in 0..<20 {
            let waiters = (0..<50).map { _ in harness.begin("well") }
            for waiter in waiters { #expect(try text(harness.outcome(waiter)) == "well") }
        }
        #expect(try harness.turn { harness.isSettled })
        #expect(try harness.answer("descriptors") == "0 1 2")
    }

    @Test func `calls that nobody waits for any more leave nothing behind`() throws {
        let harness = try harness()
        defer { try? harness.close() }
        let waiters = (0..<8).map { _ in harness.begin("well") }
        for waiter in waiters { waiter.isGone = true }
        #expect(try harness.turn { harness.pool.load.running == 0 && harness.pool.load.waiting == 0 })
        #expect(try harness.answer("well") == "well")
        #expect(try harness.turn { harness.isSettled })
    }

    @Test func `it goes once its function is let go, and calls that were taken are answered`() throws {
        let harness = try harness()
        let waiters = (0..<12).map { harness.begin("number \($0)") }
        harness.pool.stop()
        for (number, waiter) in waiters.enumerated() {
            #expect(try text(harness.outcome(waiter)) == "number \(number)")
        }
        #expect(try harness.turn { harness.table.count == 0 })
        #expect(harness.template == nil)
        try harness.close()
    }

    private func text(_ outcome: CallOutcome?) -> String? {
        guard case .reply(let reply) = outcome else { return nil }
        return String(decoding: reply.body, as: UTF8.self)
    }
}
