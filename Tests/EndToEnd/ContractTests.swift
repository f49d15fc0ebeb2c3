import Foundation
import JSON
import TestPictures
import Testing

extension AccountsEndToEnd {
    @Suite struct ContractTests {
        /// `echo` takes any method, so that none is unexpected; a token that was made up is 410; a stream has no end, and
        /// nobody waits for news here. That a zone is known, a code a language, a day in the past, a picture one and a
        /// cursor ours is beyond what a schema says.
        private static let settings = """
            [checks]
            positive_data_acceptance.expected-statuses = ["2xx", "401", "403", "404", "409", "410", "429"]

            [[operations]]
            include-path = "/function/echo"
            phases.coverage.unexpected-methods = []

            [[operations]]
            include-path = "/function/read-messages/stream"
            enabled = false

            [[operations]]
            include-path = "/function/read-messages/notifications"
            parameters = { "query.wait" = 0 }
            checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "401", "429"]

            [[operations]]
            include-path-regex = "edit-profile(/avatar|/.login./birth-date)?$|browse-games(/library)?(/.gameId.)?$"
            checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "401", "403", "404", "409", "429"]

            [[operations]]
            include-path-regex = "match/(blocks|reports|requests|teammates)$|read-messages(/communities.*)?$"
            checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "401", "403", "404", "409", "429"]

            [[operations]]
            include-path-regex = "manage-account/accounts$|read-audit$|rotate-credentials/operations$"
            checks.positive_data_acceptance.expected-statuses = ["2xx", "400", "401", "403", "404", "409", "429"]
            """

        @Test func `schemathesis finds no answer that the contract does not foresee`() throws {
            let installation = try Installation.here
            let person = try Player.join(at: installation)
            let settings = installation.folder + "/schemathesis.toml"
            try Self.settings.write(toFile: settings, atomically: true, encoding: .utf8)
            let command = try Command(
                [
                    Environment.python("schemathesis"), "--config-file", settings, "run",
                    "http://127.0.0.1:\(installation.port)/openapi.json",
                    "--exclude-path-regex", "^/system/", "--header", "Authorization: Bearer \(person.accessToken)",
                    "--checks", "all", "--mode", "all",
                    "--max-examples", "10", "--continue-on-failure", "--no-color",
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

        @Test func `the answers to players are what the contract says`() throws {
            let installation = try Installation.here
            let (ada, bob) = try (Player.join(at: installation), Player.join(at: installation))
            let (profile, match, games) = ("/function/edit-profile", "/function/match", "/function/browse-games")
            try expect(ada.edit("GET"), profile, method: "get", 200)
            try expect(ada.edit("PUT", "", .object(Player.profile)), profile, method: "put", 200)
            try expect(
                ada.sendAvatar(PNGFile(width: 1, height: 1, [1, 2, 3, 4]).bytes), profile + "/avatar", method: "put",
                200)
            let sent = try ada.match("POST", "/requests", ["to": .string(bob.login), "note": "Go?"])
            try expect(sent, match + "/requests", 201)
            try expect(bob.match("GET"), match, method: "get", 200)
            try expect(bob.match("GET", "/requests"), match + "/requests", method: "get", 200)
            let accept = "/requests/" + (sent.json["requestId"].string ?? "") + "/accept"
            try expect(bob.match("POST", accept), match + "/requests/{id}/accept", 200)
            try expect(bob.edit("GET", "/" + ada.login), profile + "/{login}", method: "get", 200)
            try expect(bob.match("GET", "/teammates"), match + "/teammates", method: "get", 200)
            try expect(bob.browse("GET", "/library"), games + "/library", method: "get", 200)
            let entry: JSONValue = ["level": "expert", "rankName": "Gold", "statistics": ["wins": .number(0.5)]]
            let own = try ada.browse("PUT", "/library/league-of-legends", entry)
            try expect(own, games + "/library/{gameId}", method: "put", 200)
            try expect(bob.browse("GET", "?limit=100"), games, method: "get", 200)
            let message = try bob.say("Fool.", to: ada).json["messageId"]
            let report = try ada.match(
                "POST", "/reports", ["login": .string(bob.login), "reason": "Read it.", "messageId": message])
            try expect(report, match + "/reports", 201)
            try expect(ada.match("PUT", "/blocks/" + bob.login), match + "/blocks/{login}", method: "put", 200)
            try expect(ada.match("GET", "/blocks"), match + "/blocks", method: "get", 200)
            let admin = try Admin.appoint(at: installation)
            let path = "/reports/" + (report.json["reportId"].string ?? "")
            try expect(admin.match("GET", path), match + "/reports/{id}", method: "get", 200)
            let resolved = try admin.match("POST", path + "/resolve", ["outcome": "warned", "note": "Once."])
            try expect(resolved, match + "/reports/{id}/resolve", 200)
            try expect(admin.match("GET", "/reports"), match + "/reports", method: "get", 200)
            let corrected = try admin.edit("PUT", "/\(bob.login)/birth-date", ["birthDate": "1990-05-18"])
            try expect(corrected, profile + "/{login}/birth-date", method: "put", 200)
            try expect(ada.manage("GET", "/export"), "/function/manage-account/export", method: "get", 200)
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
