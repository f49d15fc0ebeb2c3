import Foundation
import Testing

@Suite(.serialized) struct WatchdogTests {
    private func withWatchdog(
        _ environment: [String: String] = [:], _ body: (RunningGateway) throws -> Void
    ) throws {
        let watchdog = try RunningGateway(watching: environment)
        defer { watchdog.close() }
        try body(watchdog)
    }

    private func lock(_ watchdog: RunningGateway) -> String {
        watchdog.folder.path + "/.lock"
    }

    /// Begins a call and gives what takes its answer.
    private func begin(_ watchdog: RunningGateway, _ body: String) throws -> () -> String {
        let curl = Process()
        curl.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
        curl.arguments = ["-s", "--max-time", "20", "-d", body, watchdog.address]
        let output = Pipe()
        curl.standardOutput = output
        try curl.run()
        return { String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) }
    }

    @Test func `any path is the function's, which keeps its worker`() throws {
        try withWatchdog { (watchdog) throws in
            let answer = try watchdog.ask("/a/b?c=1", "-H", "X-Call-Id: mine-1", body: "path")
            #expect(answer.status == 200 && answer.body == "POST /a/b?c=1")
            #expect(answer.fields["content-type"] == "text/plain" && answer.fields["x-call-id"] == "mine-1")
            #expect(answer.fields["x-duration-seconds"] != nil)
            #expect(try watchdog.ask("/function/other", body: "path").body == "POST /function/other?-")
            #expect(try watchdog.ask("/healthz", body: "path").body == "POST /healthz?-")
            #expect(try watchdog.ask("/", body: "pid").body == watchdog.ask("/", body: "pid").body)
        }
    }

    @Test func `the function sees its container's environment`() throws {
        try withWatchdog(["COLOUR": "blue"]) { (watchdog) throws in
            #expect(try watchdog.ask("/", body: "variable COLOUR").body == "blue")
            #expect(try watchdog.ask("/", body: "variable secret_mount_path").body == "/var/openfaas/secrets")
        }
    }

    @Test func `a platform takes it out of service by removing its lock file`() throws {
        try withWatchdog { (watchdog) throws in
            #expect(FileManager.default.fileExists(atPath: lock(watchdog)))
            #expect(try watchdog.ask("/_/health").status == 200)
            #expect(try watchdog.ask("/_/ready").status == 200)
            try FileManager.default.removeItem(atPath: lock(watchdog))
            #expect(try watchdog.ask("/_/health").status == 503)
            #expect(try watchdog.ask("/_/ready").status == 503)
            #expect(try watchdog.ask("/", body: "well").body == "well")
        }
        try withWatchdog(["suppress_lock": "true"]) { (watchdog) throws in
            #expect(!FileManager.default.fileExists(atPath: lock(watchdog)))
            #expect(try watchdog.ask("/_/health").status == 200)
        }
    }

    @Test func `beyond max_inflight calls are refused and it is not ready, though healthy`() throws {
        try withWatchdog(["max_inflight": "1"]) { (watchdog) throws in
            let slow = try begin(watchdog, "sleep 1500")
            var answer = try watchdog.ask("/_/ready")
            let isFull = try eventually {
                answer = try watchdog.ask("/_/ready")
                return answer.status == 429
            }
            #expect(isFull)
            let refused = try watchdog.ask("/", body: "well")
            #expect(refused.status == 429 && refused.problem == "rate-limited", "\(refused)")
            #expect(try watchdog.ask("/_/health").status == 200)
            #expect(slow() == "slept")
            #expect(try watchdog.ask("/_/ready").status == 200)
        }
    }

    @Test func `exec_timeout ends a call, X-Timeout sooner`() throws {
        try withWatchdog(["exec_timeout": "1m"]) { (watchdog) throws in
            let late = try watchdog.ask("/", "-H", "X-Timeout: 200ms", body: "hang")
            #expect(late.status == 504 && late.problem == "deadline-exceeded", "\(late)")
        }
        try withWatchdog(["exec_timeout": "200ms"]) { (watchdog) throws in
            #expect(try watchdog.ask("/", "-H", "X-Timeout: 1h", body: "hang").status == 504)
            #expect(try watchdog.ask("/", body: "well").body == "well")
        }
    }

    @Test func `told to stop it is unhealthy at once, serves on for the interval, and answers what it has begun`()
        throws
    {
        try withWatchdog(["healthcheck_interval": "1500ms"]) { (watchdog) throws in
            let running = try begin(watchdog, "sleep 1800")
            let isRunning = eventually { watchdog.log.contains { $0["event"] as? String == "listening" } }
            #expect(isRunning)
            usleep(300_000)
            kill(watchdog.process.processIdentifier, SIGTERM)
            let isUnhealthy = try eventually { try watchdog.ask("/_/health").status == 503 }
            #expect(isUnhealthy)
            #expect(!FileManager.default.fileExists(atPath: lock(watchdog)))
            #expect(try watchdog.ask("/", body: "still").body == "still")
            #expect(running() == "slept")
            watchdog.process.waitUntilExit()
            #expect(watchdog.process.terminationStatus == 0)
        }
    }

    @Test func `its figures are on a port of their own, under the watchdogs' names`() throws {
        try withWatchdog { (watchdog) throws in
            _ = try watchdog.ask("/", body: "well")
            _ = try watchdog.ask("/", "-X", "MADEUP", body: "well")
            let address = try #require(watchdog.log.compactMap { $0["metrics"] as? String }.first)
            let page = try watchdog.ask(at: address).body
            #expect(page.contains("http_requests_total{code=\"200\",method=\"POST\"} 1"), "\(page)")
            #expect(page.contains("http_requests_total{code=\"200\",method=\"other\"} 1"))
            #expect(page.contains("http_request_duration_seconds_count{code=\"200\",method=\"POST\"} 1"))
            #expect(page.contains("http_requests_in_flight 0"))
        }
    }

    @Test func `prefix_logs decides whether a function's lines stand alone`() throws {
        try withWatchdog(["prefix_logs": "false"]) { (watchdog) throws in
            _ = try watchdog.ask("/", body: "say bare words")
            let isThere = eventually { watchdog.rawLog.contains("\nbare words\n") }
            #expect(isThere)
        }
        try withWatchdog { (watchdog) throws in
            _ = try watchdog.ask("/", body: "say framed words")
            let isThere = eventually { watchdog.log.contains { $0["text"] as? String == "framed words" } }
            #expect(isThere)
        }
    }

    @Test func `a program that knows no frames gets a process for each call`() throws {
        try withWatchdog(["fprocess": "/bin/sh -c cat;echo"]) { (watchdog) throws in
            #expect(try watchdog.ask("/", body: "content").status == 200)
        }
        try withWatchdog(["fprocess": "/bin/cat", "content_type": "text/tea"]) { (watchdog) throws in
            let answer = try watchdog.ask("/", body: "content")
            #expect(answer.body == "content" && answer.fields["content-type"] == "text/tea", "\(answer)")
        }
        try withWatchdog(["mode": "streaming"]) { (watchdog) throws in
            #expect(try watchdog.ask("/", body: "pid").body != watchdog.ask("/", body: "pid").body)
        }
    }

    @Test func `ready_path asks the function itself`() throws {
        try withWatchdog(["ready_path": "/am-i"]) { (watchdog) throws in
            #expect(try watchdog.ask("/_/ready").status == 200)
        }
        try withWatchdog(["ready_path": "/am-i", "FAULT_AT_START": "exit"]) { (watchdog) throws in
            #expect(try watchdog.ask("/_/ready").status == 503)
            #expect(try watchdog.ask("/_/health").status == 200)
        }
    }
}
