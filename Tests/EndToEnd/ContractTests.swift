import Foundation
import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct ContractTests {
        /// `echo` takes any method, so that none is unexpected; a token that was made up is 410.
        private static let settings = """
            [checks]
            positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "410", "429"]

            [[operations]]
            include-path = "/function/echo"
            phases.coverage.unexpected-methods = []
            """

        @Test func `schemathesis finds no answer that the contract does not foresee`() throws {
            let installation = try Installation.here
            var person = try Person.register(at: installation)
            try person.logIn()
            let settings = installation.folder + "/schemathesis.toml"
            try Self.settings.write(toFile: settings, atomically: true, encoding: .utf8)
            let command = try Command(
                [
                    Environment.python("schemathesis"), "--config-file", settings, "run",
                    "http://127.0.0.1:\(installation.port)/openapi.json",
                    "--header", "Authorization: Bearer \(person.accessToken)", "--checks", "all", "--mode", "all",
                    "--max-examples", "15", "--continue-on-failure", "--no-color",
                ], withErrors: true, in: installation.folder)
            #expect(command.status == 0, "\(Self.findings(command.text))")
            #expect(command.text.contains("passed"))
        }

        /// What it says of its findings, without requests that are too long to read.
        private static func findings(_ report: String) -> String {
            let lines = report.split(separator: "\n").drop { !$0.contains("FAILURES") }
            return lines.map { String($0.prefix(300)) }.joined(separator: "\n")
        }

        @Test func `the answers of a whole life are what the contract says`() throws {
            let installation = try Installation.here
            let created = try installation.client.post(
                "/function/create-account", ["login": .string(Person.newLogin()), "email": "a@b.example"])
            try expect(created, "/function/create-account", 201)
            let link = try installation.client.post(
                "/function/create-account", ["login": .string(Person.newLogin()), "handout": "link"])
            try expect(link, "/function/create-account", 201)
            var person = try Person(client: installation.client, created.json)
            try expect(person.attempt(password: "x", totp: "000000"), "/function/verify-login", 401)
            try expect(person.logIn(), "/function/verify-login", 200)
            try expect(person.account(), "/function/manage-account", method: "get", 200)
            try expect(person.attempt(recoveryCode: person.recoveryCodes[0]), "/function/verify-login", 200)
            let proof = try person.prove()
            try expect(proof, "/function/rotate-credentials", 200)
            let renewed = try person.renew(proof.json["renewalToken"].string ?? "")
            try expect(renewed, "/function/rotate-credentials", 200)
            var next = try person.renewed(renewed)
            try installation.store.set(
                "accounts", next.filter, ["credentials.expiresAt": Stored.date(hoursAway: -1)])
            try expect(next.attempt(totp: next.authenticator.nextCode()), "/function/verify-login", 403)
            for _ in 0..<5 { _ = try next.attempt(password: "x", totp: "000000") }
            try expect(next.attempt(password: "x", totp: "000000"), "/function/verify-login", 429)
        }

        private func expect(_ answer: Answer, _ path: String, method: String = "post", _ status: Int) throws {
            try #require(answer.status == status, "\(answer)")
            let fields = answer.fields.map { (JSONValue.string($0.name), JSONValue.string($0.value)) }
            let faults = try Installation.here.store.faults(
                of: answer.json, path: path, method: method, status: status, fields: fields.map { .array([$0, $1]) })
            #expect(faults.isEmpty, "\(method) \(path): \(faults)")
        }
    }
}
