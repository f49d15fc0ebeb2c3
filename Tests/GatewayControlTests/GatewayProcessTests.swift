import Foundation
import Testing

@Suite(.serialized) struct GatewayProcessTests {
    static let stack = """
        functions:
          faulty-function:
            environment: {exec_timeout: 1500ms, max_reply: 64KiB, max_body: 1KiB, COLOUR: blue}
            labels: {com.openfaas.scale.max: "2"}
            annotations: {passerelle.queue: "4"}
          secret-function:
            fprocess: faulty-function
            annotations: {passerelle.internal: "true"}
          once:
            fprocess: faulty-function
            annotations: {passerelle.mode: one-shot, passerelle.started-ahead: "0"}
            environment: {exec_timeout: 1500ms}
          ahead:
            fprocess: faulty-function
            annotations: {passerelle.mode: one-shot}
            environment: {exec_timeout: 1500ms}
          patient:
            fprocess: faulty-function
            environment: {exec_timeout: 5m}
        """

    private func withGateway(
        _ environment: [String: String] = [:], _ body: (RunningGateway) throws -> Void
    ) throws {
        let gateway = try RunningGateway(stack: Self.stack, environment: environment)
        defer { gateway.close() }
        try body(gateway)
    }

    private let function = "/function/faulty-function"

    @Test(
        arguments: [
            ("trap", 502, "worker-failed", "SIG", "SIG"), ("raise 11", 502, "worker-failed", "SIGSEGV", "SIGSEGV"),
            ("exit 7", 502, "worker-failed", "status 7", "status 7"),
            ("hang", 504, "deadline-exceeded", "in time", "stopped at its deadline"),
            ("ignore-term", 504, "deadline-exceeded", "in time", "SIGKILL"),
            ("print", 502, "worker-failed", "agreed", "\"stopped\""),
            ("too-much 100000", 502, "worker-failed", "longer", "\"stopped\""),
            ("half", 504, "deadline-exceeded", "in time", "stopped at its deadline"),
            ("half-and-exit", 502, "worker-failed", "status 0", "status 0"),
            ("close", 502, "worker-failed", "agreed", "\"stopped\""),
        ])
    func `a misdeed has its status, its slug, its reason and a line in the log, and the next call is answered`(
        _ misdeed: String, _ status: Int, _ slug: String, _ words: String, _ logged: String
    ) throws {
        try withGateway { (gateway) throws in
            let also = ["/function/once": ["trap", "hang"], "/function/ahead": ["trap", "raise 11", "hang", "print"]]
            for path in [function] + also.keys.filter({ also[$0]?.contains(misdeed) ?? false }) {
                let answer = try gateway.ask(path, body: misdeed)
                #expect(answer.status == status && answer.problem == slug, "\(answer)")
                #expect(answer.body.contains(words))
                #expect(answer.fields["content-type"] == "application/problem+json")
                #expect(answer.fields["x-call-id"] != nil)
                let next = try gateway.ask(path, body: "well")
                #expect(next.status == 200 && next.body == "well", "\(next)")
            }
            let isLogged = eventually {
                gateway.rawLog.split(separator: "\n").contains {
                    $0.contains(#""event":"worker""#) && $0.contains(logged)
                }
            }
            #expect(isLogged, "\(gateway.rawLog)")
        }
    }

    @Test func `of a flood on standard error the log has a part, and says how much it has not`() throws {
        try withGateway { (gateway) throws in
            #expect(try gateway.ask("/function/patient", body: "flood 3000").body == "flooded")
            #expect(try gateway.ask("/function/patient", body: "well").body == "well")
            _ = try gateway.ask("/function/patient", body: "exit 0")
            let isSaid = eventually { gateway.rawLog.contains("lines dropped") }
            #expect(isSaid)
            #expect(gateway.log.count { $0["event"] as? String == "function" } < 1000)
        }
    }

    @Test func `addresses, methods and sizes have their answers`() throws {
        try withGateway { (gateway) throws in
            #expect(try gateway.ask("/healthz").body == "OK")
            let posted = try gateway.ask("/healthz", "-X", "POST")
            #expect(posted.status == 405 && posted.fields["allow"] == "GET, HEAD")
            #expect(try gateway.ask("/healthz", "-I").status == 200)
            #expect(try gateway.ask("/openapi.json").status == 404)
            let unknown = try gateway.ask("/function/unknown")
            let hidden = try gateway.ask("/function/secret-function")
            #expect(unknown.status == 404 && unknown.problem == "not-found" && unknown.body == hidden.body)
            let large = try gateway.ask(function, body: String(repeating: "x", count: 1025))
            #expect(large.status == 413 && large.problem == "too-large", "\(large)")
            #expect(try gateway.ask(function, body: String(repeating: "x", count: 1024)).status == 200)
            #expect(try gateway.ask(function + "/a/../b?c=%20d", body: "path").body == "POST /a/../b?c=%20d")
            #expect(try gateway.ask(function, body: "path").body == "POST /?-")
        }
    }

    @Test func `a call id is taken over where it is fit, and made where it is not`() throws {
        try withGateway { (gateway) throws in
            let fit = try gateway.ask(function, "-H", "X-Call-Id: mine-1", body: "call-id")
            #expect(fit.body == "mine-1" && fit.fields["x-call-id"] == "mine-1")
            let unfit = try gateway.ask(function, "-H", "X-Call-Id: two words", body: "call-id")
            #expect(unfit.body == unfit.fields["x-call-id"] && unfit.body.count == 36)
            #expect(unfit.fields["x-duration-seconds"] != nil && unfit.fields["x-start-time"]?.count == 19)
            #expect(
                try gateway.ask("/function/once", "-H", "X-Call-Id: mine-2", body: "variable Http_X_Call_Id").body
                    == "mine-2")
        }
    }

    @Test func `a one-shot function that is built on the runtime is started ahead, and used once`() throws {
        try withGateway { (gateway) throws in
            let first = try gateway.ask("/function/ahead", "-H", "X-Call-Id: mine-3", body: "call-id")
            #expect(first.body == "mine-3" && first.fields["content-type"] == "text/plain")
            #expect(try gateway.ask("/function/ahead", body: "variable FUNCTION_MODE").body == "once-started-ahead")
            let pids = Set(try (0..<5).map { _ in try gateway.ask("/function/ahead", body: "pid").body })
            #expect(pids.count == 5)
        }
    }

    @Test(arguments: [true, false])
    func `its processes are copies of one that is told of, unless its annotation says otherwise`(
        _ copies: Bool
    ) throws {
        let stack = """
            functions:
              ahead:
                fprocess: faulty-function
                annotations: {passerelle.mode: one-shot, passerelle.template: "\(copies)"}
            """
        let gateway = try RunningGateway(stack: stack)
        defer { gateway.close() }
        #expect(try gateway.ask("/function/ahead", body: "well").body == "well")
        let areThere = eventually { gateway.children.count == (copies ? 3 : 2) }
        #expect(areThere)
        // The template is told of, and a copy is not; what is logged may be read a little later.
        let isTold = { gateway.log.contains { $0["what"] as? String == "started" } }
        #expect(copies ? eventually(isTold) : !isTold())
    }

    @Test func `too many calls are refused with the time to come back`() throws {
        let stack = """
            functions:
              faulty-function:
                environment: {exec_timeout: 5m}
                labels: {com.openfaas.scale.max: "2"}
                annotations: {passerelle.queue: "4", passerelle.queue-wait: 5m}
            """
        let gateway = try RunningGateway(stack: stack)
        defer { gateway.close() }
        let (heads, release) = (gateway.folder.path + "/heads", gateway.folder.path + "/release")
        let call = "curl -s -o /dev/null -D - -d 'hold \(release)' \(gateway.address)\(function) >>\(heads)"
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        shell.arguments = ["-c", "for i in {1..12}; do \(call) & done; wait"]
        try shell.run()
        func answers(_ line: String) -> Int {
            ((try? String(contentsOfFile: heads, encoding: .utf8)) ?? "").components(separatedBy: line).count - 1
        }
        // Two are worked on and four wait until the file is there, however slow the machine.
        let areRefused = eventually(tries: 6_000) { answers("HTTP/1.1 503") == 6 }
        #expect(areRefused)
        try Data().write(to: URL(fileURLWithPath: release))
        shell.waitUntilExit()
        #expect(answers("HTTP/1.1 503") == 6 && answers("Retry-After: 1") == 6)
        #expect(answers("HTTP/1.1 200") == 6)
    }

    @Test func `a function sees its declared variables and no others`() throws {
        try withGateway(["UNDECLARED": "x"]) { (gateway) throws in
            #expect(try gateway.ask(function, body: "variable COLOUR").body == "blue")
            #expect(try gateway.ask(function, body: "variable UNDECLARED").body == "-")
            #expect(try gateway.ask(function, body: "variable PATH").body == "-")
            #expect(try gateway.ask(function, body: "variable PUBLIC_URL").body == gateway.address)
            #expect(try gateway.ask(function, body: "variable FUNCTION_NAME").body == "faulty-function")
        }
    }

    @Test func `the log names each request, and holds no query, content or secret`() throws {
        try withGateway { (gateway) throws in
            _ = try gateway.ask(
                function + "/sub?token=hushhush", "-H", "Authorization: Bearer hushhush", "-H", "X-Call-Id: logged-1",
                body: "contenthush")
            let found = eventually { gateway.log.contains { $0["callId"] as? String == "logged-1" } }
            #expect(found)
            let line = gateway.log.first { $0["callId"] as? String == "logged-1" } ?? [:]
            #expect(line["path"] as? String == function + "/sub" && line["method"] as? String == "POST")
            #expect(line["status"] as? Int == 200 && line["bytes"] as? Int == 11)
            #expect(line["function"] as? String == "faulty-function" && line["client"] as? String == "127.0.0.1")
            #expect(!gateway.rawLog.contains("hush"))
        }
    }

    @Test func `what faas-cli invoke sends reaches the function: query, fields, signature`() throws {
        try withGateway { (gateway) throws in
            let sent = [
                "-H", "User-Agent: faas-cli/0.18.0", "-H", "Content-Type: text/plain", "-H", "X-Colour: blue",
                "-H", "X-Hub-Signature: sha1=de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9",
            ]
            for (variable, value) in [
                ("Http_Query", "repo=a&n=1"), ("Http_X_Colour", "blue"), ("Http_Content_Type", "text/plain"),
                ("Http_X_Hub_Signature", "sha1=de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9"),
            ] {
                let answer = try gateway.ask(
                    "/function/once.openfaas-fn?repo=a&n=1", arguments: sent, body: "variable \(variable)")
                #expect(answer.status == 200 && answer.body == value, "\(answer)")
            }
            #expect(try gateway.ask("/async-function/once", arguments: sent, body: "x").problem == "async-not-allowed")
        }
    }

    @Test func `a trace's name passes to the function and stands in the log`() throws {
        try withGateway { (gateway) throws in
            let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            let field = "traceparent: " + trace
            #expect(try gateway.ask("/function/once", "-H", field, body: "variable Http_Traceparent").body == trace)
            _ = try gateway.ask(function, "-H", "traceparent: not-one", "-H", "X-Call-Id: untraced", body: "well")
            let isLogged = eventually { gateway.log.contains { $0["callId"] as? String == "untraced" } }
            #expect(isLogged)
            #expect(gateway.log.contains { $0["traceparent"] as? String == trace })
            #expect(!gateway.rawLog.contains("not-one"))
        }
    }

    @Test func `a request's content has the function's own time`() throws {
        let stack = "functions: {faulty-function: {environment: {read_timeout: 300ms, write_timeout: 5s}}}"
        let gateway = try RunningGateway(stack: stack)
        defer { gateway.close() }
        let port = gateway.address.split(separator: ":").last ?? ""
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        shell.arguments = [
            "-c",
            "exec 3<>/dev/tcp/127.0.0.1/\(port); printf 'POST \(function) HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 5\\r\\n\\r\\nab' >&3; head -n 1 <&3",
        ]
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(said.hasPrefix("HTTP/1.1 408"), "\(said)")
    }

    @Test func `a process may use no more than its function declares`() throws {
        let stack = """
            functions:
              faulty-function:
                annotations: {passerelle.cpu-seconds: "7", passerelle.open-files: "64", passerelle.file-size: 1MiB}
                limits: {memory: 512Mi}
            """
        let gateway = try RunningGateway(stack: stack)
        defer { gateway.close() }
        let pid = try gateway.ask(function, body: "pid").body
        let limits = try String(contentsOfFile: "/proc/\(pid)/limits", encoding: .utf8).split(separator: "\n")
        for (name, value) in [
            ("Max cpu time", "7"), ("Max open files", "64"), ("Max file size", "1048576"),
            ("Max data size", "536870912"), ("Max core file size", "0"),
        ] {
            let line = try #require(limits.first { $0.hasPrefix(name) })
            #expect(line.dropFirst(name.count).split(separator: " ").prefix(2) == [value[...], value[...]], "\(line)")
        }
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        #expect(status.contains("NoNewPrivs:\t1"))
        #expect(try gateway.ask(function, body: "session").body == "true")
    }

    @Test func `a copy of a template may use no more either, and is refused what no function needs`() throws {
        let stack = """
            functions:
              ahead:
                fprocess: faulty-function
                annotations: {passerelle.mode: one-shot, passerelle.cpu-seconds: "7", passerelle.open-files: "64",
                  passerelle.processes: "999"}
                limits: {memory: 512Mi}
            """
        let gateway = try RunningGateway(stack: stack)
        defer { gateway.close() }
        #expect(try gateway.ask("/function/ahead", body: "well").body == "well")
        let limits = ["cpu time": "7", "open files": "64", "processes": "999", "data size": "536870912"]
        let areThere = eventually {
            gateway.children.count(where: { has(limits, $0) && isFiltered($0) }) == 2
        }
        #expect(areThere)
    }

    private func has(_ limits: [String: String], _ pid: Int32) -> Bool {
        let text = (try? String(contentsOfFile: "/proc/\(pid)/limits", encoding: .utf8)) ?? ""
        return limits.allSatisfy { name, value in
            let line = text.split(separator: "\n").first { $0.hasPrefix("Max " + name) } ?? ""
            return line.dropFirst(4 + name.count).split(separator: " ").prefix(2) == [value[...], value[...]]
        }
    }

    private func isFiltered(_ pid: Int32) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
        return status.contains("NoNewPrivs:\t1") && status.contains("Seccomp:\t2")
    }

    @Test func `told to stop it answers what it has begun and exits with 0`() throws {
        try withGateway { (gateway) throws in
            let release = gateway.folder.path + "/release"
            let curl = Process()
            curl.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
            curl.arguments = ["-s", "-d", "hold \(release)", gateway.address + "/function/patient"]
            let output = Pipe()
            curl.standardOutput = output
            try curl.run()
            let isBegun = eventually(tries: 3_000) { gateway.rawLog.contains("holding") }
            #expect(isBegun)
            let workers = gateway.log.compactMap { $0["process"] as? Int }
            kill(gateway.process.processIdentifier, SIGTERM)
            let isDraining = eventually(tries: 3_000) { gateway.rawLog.contains("draining") }
            #expect(isDraining)
            try Data().write(to: URL(fileURLWithPath: release))
            gateway.process.waitUntilExit()
            #expect(gateway.process.terminationStatus == 0)
            #expect(String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) == "held")
            #expect(!workers.isEmpty && workers.allSatisfy { !isAlive(Int32($0)) })
        }
    }

    @Test(arguments: [SIGTERM, SIGKILL]) func `ended in order or killed it leaves no process behind`(
        _ signal: Int32
    ) throws {
        try withGateway { (gateway) throws in
            let pid = Int32(try gateway.ask(function, body: "pid").body) ?? 0
            #expect(isAlive(pid))
            #expect(try gateway.ask("/function/ahead", body: "well").body == "well")
            let pids = gateway.children
            #expect(pids.contains(pid) && pids.count > 3)
            _ = gateway.end(signal)
            let isGone = eventually { !pids.contains(where: isAlive) }
            #expect(isGone)
        }
    }

    @Test(arguments: ["grandchild", "grandchild and-hang"], ["faulty-function", "ahead"])
    func `a process that left its worker's session dies after it`(_ misdeed: String, _ name: String) throws {
        try withGateway { (gateway) throws in
            let answer = try gateway.ask("/function/" + name, body: misdeed)
            let grandchild = Int32(answer.body) ?? 0
            #expect(answer.status == 200 && isAlive(grandchild), "\(answer)")
            _ = try gateway.ask(function, body: "exit 0")
            _ = try gateway.ask(function, body: "exit 0")
            let isGone = eventually { !isAlive(grandchild) }
            #expect(isGone)
            let isSaid = eventually { gateway.rawLog.contains("stray stopped") }
            #expect(isSaid)
            #expect(try gateway.ask(function, body: "well").body == "well")
        }
    }

    @Test func `a log that nobody reads does not hold up a call`() throws {
        let pipe = Pipe()
        let gateway = try RunningGateway(stack: Self.stack)
        defer { gateway.close() }
        let second = Process()
        second.executableURL = gateway.process.executableURL
        second.environment = (gateway.process.environment ?? [:]).merging(["PORT": "18931"]) { _, new in new }
        second.standardError = pipe
        try second.run()
        defer {
            kill(second.processIdentifier, SIGKILL)
            second.waitUntilExit()
        }
        let address = "http://127.0.0.1:18931" + function
        let script =
            "until curl -s -o /dev/null \(address); do sleep 0.1; done; "
            + "curl -s -o /dev/null -d x '\(address)/'{1..3}'[1-400]'; curl -s --max-time 5 -d well \(address)"
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        shell.arguments = ["-c", script]
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(said.hasSuffix("well"))
        let reader = pipe.fileHandleForReading.fileDescriptor
        _ = fcntl(reader, F_SETFL, O_NONBLOCK)
        var (held, room) = (0, [UInt8](repeating: 0, count: 65_536))
        while held < 65_536 {
            let count = unsafe read(reader, &room, room.count)
            if count <= 0 { break }
            held += count
        }
        #expect(held > 32_768)
    }
}
