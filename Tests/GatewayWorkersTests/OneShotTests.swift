import Glibc
import Testing
import Wire

@testable import GatewayWorkers

@Suite(.serialized) struct OneShotTests {
    private func harness(_ settings: String = "environment: {exec_timeout: 300ms, max_reply: 64KiB}") throws -> Harness
    {
        try Harness(settings, "annotations: {passerelle.mode: one-shot}")
    }

    @Test func `each call has a process of its own`() throws {
        let harness = try harness()
        defer { try? harness.close() }
        let pids = Set(try (0..<3).map { _ in try harness.answer("pid") })
        #expect(pids.count == 3 && !pids.contains(nil))
        try harness.turn { harness.table.count == 0 }
        #expect(harness.table.count == 0)
    }

    @Test func `status and fields travel in a CGI header block`() throws {
        let harness = try harness()
        defer { try? harness.close() }
        let fields = [HeaderField("content-type", "text/tea"), HeaderField("x-two", "b")]
        #expect(
            try harness.call("cgi")
                == .reply(
                    Reply(status: 418, headers: fields, body: Array("short and stout".utf8))))
        #expect(
            try harness.call("raw")
                == .reply(
                    Reply(headers: [HeaderField("content-type", "text/plain")], body: Array("bare output".utf8))))
    }

    @Test(
        arguments: [
            ("trap", [.died(.signal(SIGILL)), .died(.signal(SIGTRAP)), .died(.signal(SIGABRT))]),
            ("exit 3", [.died(.status(3))]),
            ("exit 0", [.reply(Reply(headers: [HeaderField("content-type", "text/plain")]))]),
            ("hang", [.deadline]),
            ("ignore-term", [.deadline]),
            ("close", [.deadline]),
            ("too-much 5000000", [.fault(.tooLarge)]),
        ] as [(String, [CallOutcome])])
    func `a process's misdeed is named, and the next call is answered`(
        _ misdeed: String, _ outcomes: [CallOutcome]
    ) throws {
        let harness = try harness()
        defer { try? harness.close() }
        let outcome = try harness.call(misdeed)
        #expect(outcomes.contains { $0 == outcome }, "\(String(describing: outcome))")
        #expect(try harness.answer("well") == "well")
        try harness.turn { harness.table.count == 0 }
        #expect(harness.table.count == 0)
    }

    @Test func `metadata are variables as the watchdogs name them`() {
        var invocation = Invocation()
        invocation.callID = "id"
        invocation.method = "PUT"
        invocation.path = "/a/b"
        invocation.query = "x=1"
        invocation.clientAddress = "192.0.2.1"
        invocation.headers = [
            HeaderField("content-type", "text/plain"), HeaderField("x-forwarded-for", "one"),
            HeaderField("x-forwarded-for", "two"), HeaderField("query", "forged"), HeaderField("path", "forged"),
            HeaderField("x_forwarded_for", "forged"), HeaderField("host", "example.org"),
            HeaderField("content-length", "99"), HeaderField("a!b", "odd"),
        ]
        invocation.body = [1, 2, 3]
        #expect(
            Set(WatchdogEnvironment.variables(for: invocation)) == [
                "FUNCTION_REPLY=cgi", "FUNCTION_CLIENT_ADDRESS=192.0.2.1", "Http_Method=PUT", "Http_Path=/a/b",
                "Http_Query=x=1", "Http_Content_Length=3", "Http_ContentLength=3", "Http_X_Call_Id=id",
                "Http_Content_Type=text/plain", "Http_X_Forwarded_For=one", "Http_Host=example.org",
            ])
    }

    @Test(arguments: [
        ("Status: 200\n\n", 200), ("Status: 404 Not Found\r\nA: b\r\n\r\nbody", 404), ("status:201\n\n", 201),
    ])
    func `a CGI header block is read`(_ text: String, _ status: UInt16) {
        #expect(Reply(cgi: Array(text.utf8))?.status == status)
    }

    @Test(arguments: [
        "", "Status: 200", "Status: 99\n\n", "Status: 600\n\n", "A: b\n\n", "Status: 200\nbroken\n\n", "\n",
    ])
    func `what is no CGI header block is not taken for one`(_ text: String) {
        #expect(Reply(cgi: Array(text.utf8)) == nil)
    }
}
