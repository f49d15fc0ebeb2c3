import Glibc
import Testing
import Wire

@testable import GatewayWorkers

@Suite(.serialized) struct WarmFaultTests {
    @Test func `a call is answered, the next by the same process`() throws {
        let harness = try Harness()
        defer { try? harness.close() }
        let first = try harness.answer("pid")
        #expect(first != nil)
        #expect(try harness.answer("pid") == first)
        #expect(try harness.answer("hello") == "hello")
    }

    @Test(
        arguments: [
            ("trap", [.died(.signal(SIGILL)), .died(.signal(SIGTRAP)), .died(.signal(SIGABRT))]),
            ("raise \(SIGSEGV)", [.died(.signal(SIGSEGV))]),
            ("raise \(SIGKILL)", [.died(.signal(SIGKILL))]),
            ("exit 0", [.died(.status(0))]),
            ("exit 3", [.died(.status(3))]),
            ("half-and-exit", [.died(.status(0))]),
            ("hang", [.deadline]),
            ("ignore-term", [.deadline]),
            ("half", [.deadline]),
            ("print", [.fault(.garbled)]),
            ("unversioned", [.fault(.garbled)]),
            ("too-much 70000", [.fault(.tooLarge)]),
            ("too-much 5000000", [.fault(.tooLarge)]),
            ("claims-too-much", [.fault(.tooLarge)]),
            ("close", [.fault(.hungUp)]),
        ] as [(String, [CallOutcome])])
    func `a worker's misdeed is named, and the next call is answered`(
        _ misdeed: String, _ outcomes: [CallOutcome]
    ) throws {
        let harness = try Harness("environment: {exec_timeout: 300ms, max_reply: 64KiB}")
        defer { try? harness.close() }
        for _ in 0..<2 {
            let outcome = try harness.call(misdeed)
            #expect(outcomes.contains { $0 == outcome }, "\(String(describing: outcome))")
            #expect(try harness.answer("well") == "well")
        }
        try harness.turn { harness.table.count == 1 }
        #expect(harness.table.count == 1)
    }

    @Test func `what comes after an answer is not the next call's`() throws {
        let harness = try Harness("labels: {com.openfaas.scale.max: 1}")
        defer { try? harness.close() }
        #expect(try harness.answer("excess") == "one")
        #expect(try harness.answer("well") == "well")
        #expect(try harness.answer("later") == "first")
        try harness.turn { harness.log.events.count { $0 == .stoppedForFault(.unasked) } == 2 }
        #expect(try harness.answer("well") == "well")
    }

    @Test func `a flood on standard error harms nobody and is cut`() throws {
        let harness = try Harness()
        defer { try? harness.close() }
        #expect(try harness.answer("flood 3000") == "flooded")
        #expect(try harness.answer("well") == "well")
        #expect(harness.log.lines.count < 1000)
        #expect(harness.log.lines.allSatisfy { $0.utf8.count <= LineSplitter.lineLimit })
    }

    @Test func `a worker that asks to be replaced is`() throws {
        let harness = try Harness()
        defer { try? harness.close() }
        let first = try harness.answer("retire")
        #expect(try harness.answer("pid") != first)
        try harness.turn { harness.log.events.contains(.ended(.status(0), expected: true)) }
        #expect(harness.log.events.contains(.ended(.status(0), expected: true)))
    }

    @Test func `a worker is replaced after its number of calls`() throws {
        let harness = try Harness("annotations: {passerelle.recycle-after: 2}")
        defer { try? harness.close() }
        let pids = try (0..<4).map { _ in try harness.answer("pid") }
        #expect(pids[0] == pids[1] && pids[1] != pids[2] && pids[2] == pids[3])
    }

    @Test func `a body larger than a pipe arrives whole`() throws {
        let harness = try Harness()
        defer { try? harness.close() }
        let body = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        #expect(
            try harness.outcome(harness.begin(body))
                == .reply(
                    Reply(headers: [HeaderField("content-type", "text/plain")], body: body)))
    }

    @Test func `a worker that dies at start is tried twice, then held back`() throws {
        let harness = try Harness(environment: ["FAULT_AT_START=exit"])
        defer { try? harness.close() }
        #expect(try harness.call("well") == .unavailable(retryAfter: 1))
        #expect(try harness.call("well") == .unavailable(retryAfter: 1))
        #expect(harness.log.events.filter { $0 == .started }.count < 10)
    }

    @Test func `a program that is not there is said to be`() throws {
        let harness = try Harness(path: "/nonexistent/function")
        defer { try? harness.close() }
        #expect(try harness.call("well") == .unavailable(retryAfter: 1))
        #expect(harness.log.events.contains(.startFailed("start /nonexistent/function: No such file or directory")))
    }
}
