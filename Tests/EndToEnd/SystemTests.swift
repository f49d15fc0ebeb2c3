import Foundation
import JSON
import Primitives
import Testing

/// The gateway's own addresses, over the bundle's functions and one that does as it is told.
@Suite(.serialized, SystemTrait()) struct SystemTests {
    private func admin() throws -> [String: String] {
        let installation = try Installation.here
        let password = try installation.secret("basic-auth-password")
        let user = try installation.secret("basic-auth-user")
        return ["Authorization": "Basic " + Base64.standard.encode(Array((user + ":" + password).utf8))]
    }

    private func call(_ id: String, status: String) throws -> JSONValue? {
        let answer = try Installation.here.client.send("GET", "/system/calls?status=\(status)&limit=100", try admin())
        #expect(answer.status == 200, "\(answer)")
        return answer.json["calls"].elements.first { $0["callId"].string == id }
    }

    @Test func `the secrets that set-up made open the gateway, and so does an admin's token, and no other`() throws {
        let installation = try Installation.here
        var person = try Person.register(at: installation)
        try person.logIn()
        let appointed = try Admin.appoint(at: installation)
        let client = installation.client
        #expect(try client.send("GET", "/system/functions", try admin()).status == 200)
        #expect(try client.send("GET", "/system/functions", appointed.bearer).status == 200)
        let other = try client.send("GET", "/system/functions", person.bearer)
        #expect(other.status == 403)
        #expect(other.slug == "forbidden")
        let forged = try client.send("GET", "/system/functions", ["Authorization": "Bearer x.y.z"])
        #expect(forged.status == 401)
        let made = try client.send(
            "POST", "/system/secrets", appointed.bearer, body: Array(#"{"name":"mine","value":"x"}"#.utf8))
        #expect(made.status == 201)
        #expect(try installation.secret("mine") == "x")
    }

    @Test func `no function of the bundle that reads its secrets takes another environment`() throws {
        let client = try Installation.here.client
        for name in ["create-account", "verify-login", "manage-account", "queue-calls", "send-notices"] {
            for more in [#""envVars":{"PUBLIC_URL":"http://x"}"#, #""annotations":{"a":"b"}"#, #""envProcess":"sh""#] {
                let body = Array("{\"service\":\"\(name)\",\(more)}".utf8)
                let answer = try client.send("PUT", "/system/functions", try admin(), body: body)
                #expect(answer.status == 403, "\(name) \(more)")
            }
        }
    }

    @Test func `a call for later is made, and what proves who called is stored nowhere`() throws {
        let installation = try Installation.here
        let fields = [
            "Authorization": "Bearer secret-of-the-caller", "Cookie": "c=secret-cookie", "X-Colour": "blue",
            "Content-Type": "text/plain", "X-Call-Id": "chosen",
        ]
        let answer = try installation.client.send(
            "POST", "/async-function/as-told/path?q=1", fields, body: Array("sleep 700".utf8))
        #expect(answer.status == 202)
        #expect(answer.body.isEmpty)
        let id = try #require(answer["x-call-id"])
        #expect(id != "chosen")
        let stored = String(describing: try installation.store.one("calls", ["_id": .string(id)]))
        #expect(!stored.contains("secret"))
        #expect(stored.contains("x-colour") && stored.contains("/path"))
        #expect(try Patience.until { try call(id, status: "done") != nil })
        #expect(try call(id, status: "done")?["lastStatus"].integer == 200)
    }

    @Test func `calls that were accepted are made although their workers are killed all the time`() throws {
        let installation = try Installation.here
        var ids: [String] = []
        for number in 0..<24 {
            let answer = try installation.client.send("POST", "/async-function/as-told", body: Array("sleep 20".utf8))
            if answer.status == 202, let id = answer["x-call-id"] { ids.append(id) }
            guard number % 4 == 3 else { continue }
            for process in installation.processes("queue-calls") + installation.processes("faulty-function") {
                kill(process, SIGKILL)
            }
        }
        #expect(ids.count > 12)
        let areDone = try Patience.until {
            let done = try installation.store.find("calls", ["status": "done"]).compactMap { $0["_id"].string }
            return Set(ids).isSubset(of: done)
        }
        #expect(areDone)
    }

    @Test func `a function that does not allow it is not called later, and nothing is stored`() throws {
        let installation = try Installation.here
        let before = try installation.store.find("calls", [:]).count
        for name in ["create-account", "verify-login", "manage-account"] {
            let answer = try installation.client.send("POST", "/async-function/" + name, body: Array("{}".utf8))
            #expect(answer.status == 403)
            #expect(answer.slug == "async-not-allowed")
        }
        #expect(try installation.client.send("POST", "/async-function/queue-calls").status == 404)
        #expect(try installation.store.find("calls", [:]).count == before)
    }

    @Test func `a call that failed too often is listed as dead, and made again when asked`() throws {
        let installation = try Installation.here
        let answer = try installation.client.send("POST", "/async-function/as-told", body: Array("exit 3".utf8))
        let id = try #require(answer["x-call-id"])
        try installation.store.set("calls", ["_id": .string(id)], ["left": 1])
        #expect(try Patience.until { try call(id, status: "dead") != nil })
        let path = "/system/calls/\(id)/retry"
        #expect(try installation.client.send("POST", path).status == 401)
        #expect(try installation.client.send("POST", path, try admin()).status == 200)
        #expect(try call(id, status: "dead") == nil)
        #expect(try installation.client.send("POST", "/system/calls/none/retry", try admin()).status == 404)
    }
}

extension SystemTests {
    @Test func `schemathesis finds no answer of the gateway's own that the contract does not foresee`() throws {
        let installation = try Installation.here
        let settings = installation.folder + "/schemathesis-system.toml"
        let text =
            "[checks]\npositive_data_acceptance.expected-statuses = [\"2xx\", \"400\", \"403\", \"404\", \"409\"]\n"
        try text.write(toFile: settings, atomically: true, encoding: .utf8)
        let fields = try admin().map { "\($0.key): \($0.value)" }
        let command = try Command(
            [
                Environment.python("schemathesis"), "--config-file", settings, "run",
                "http://127.0.0.1:\(installation.port)/openapi.json", "--include-path-regex", "^/system/",
                "--header", fields[0], "--checks", "all", "--exclude-checks", "ignored_auth", "--mode", "all",
                "--max-examples", "8", "--continue-on-failure", "--no-color",
            ], withErrors: true, in: installation.folder)
        let lines = command.text.split(separator: "\n").drop { !$0.contains("FAILURES") }
        #expect(command.status == 0, "\(lines.map { String($0.prefix(300)) }.joined(separator: "\n"))")
        #expect(command.text.contains("passed"))
    }

    @Test func `a backup is made when an admin asks, and listed`() throws {
        let installation = try Installation.here
        let client = installation.client
        #expect(try client.send("POST", "/system/backups").status == 401)
        #expect(try client.send("DELETE", "/system/backups", try admin()).status == 405)
        let before = try client.send("GET", "/system/backups", try admin())
        #expect(before.status == 200)
        #expect(try client.send("POST", "/system/backups", try admin()).status == 202)
        // This installation has no key to encrypt for, so that what is listed is a failure.
        let isListed = try Patience.until {
            let listed = try client.send("GET", "/system/backups", try admin()).json["backups"].elements
            return listed.count > before.json["backups"].elements.count
                && listed.first?["status"].string == "failed" && listed.first?["target"].string != nil
        }
        #expect(isListed)
    }
}

/// What was accepted outlives everything that runs.
@Suite(.serialized) struct AcceptedCallTests {
    @Test func `a call that was accepted is made although the gateway and the database are killed before`() throws {
        let stack = try SystemTrait.stack()
        defer { try? FileManager.default.removeItem(at: stack) }
        let first = try Installation(["STACK": stack.path])
        defer { first.remove() }
        let ids = try (0..<20).map { _ in
            let body = Array("sleep 500".utf8)
            return try #require(try first.client.send("POST", "/async-function/as-told", body: body)["x-call-id"])
        }
        for process in first.processes("passerelle") + first.processes("mongod") { kill(process, SIGKILL) }
        #expect(Patience.until { !first.isRunning })
        first.stop()
        let again = try Installation(over: first, ["STACK": stack.path])
        defer { again.stop() }
        let areDone = Patience.until {
            let done = (try? again.store.find("calls", ["status": "done"])) ?? []
            return Set(ids).isSubset(of: done.compactMap { $0["_id"].string })
        }
        #expect(areDone)
    }
}

/// An installation whose stack file has one function more, which does as its caller tells it.
struct SystemTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing tests: @Sendable () async throws -> Void
    ) async throws {
        let stack = try Self.stack()
        defer { try? FileManager.default.removeItem(at: stack) }
        let installation = try Installation([
            "STACK": stack.path, "BACKUP_TARGET": "/var/tmp/passerelle-backups-unmade",
            "PAGES": Environment.root + "/Gateway/Pages",
        ])
        defer { installation.remove() }
        defer { installation.stop() }
        try await Installation.$running.withValue(installation) { try await tests() }
    }

    /// Writes the stack file.
    static func stack() throws -> URL {
        let stack = FileManager.default.temporaryDirectory.appending(path: "stack-\(UUID().uuidString).yml")
        let bundle = try String(contentsOfFile: Environment.root + "/stack.yml", encoding: .utf8)
        let more = """

              as-told:
                fprocess: \(try Environment.program("faulty-function"))
                environment: {exec_timeout: 5s}
                annotations: {passerelle.async: "true"}

            """
        try Data((bundle + more).utf8).write(to: stack)
        return stack
    }
}
