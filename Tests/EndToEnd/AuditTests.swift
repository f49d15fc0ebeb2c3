import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct AuditTests {
        @Test func `each thing that happens is told once, under its call's id`() throws {
            let installation = try Installation.here
            let client = installation.client
            let created = try client.post("/function/create-account", ["login": .string(Person.newLogin())])
            var person = try Person(client: client, created.json)
            try expect(["account.created"], created, person)
            try expect(["login.failed"], person.attempt(password: "wrong", totp: "000000"), person)
            let session = try person.attempt(totp: person.authenticator.nextCode())
            person.accessToken = try #require(session.json["accessToken"].string)
            try expect(["login.succeeded"], session, person)
            let proof = try person.prove()
            try expect(["renewal.proven"], proof, person)
            let renewed = try person.renew(#require(proof.json["renewalToken"].string))
            try expect(["credentials.renewed"], renewed, person)
            for _ in 0..<5 { _ = try person.attempt(password: "wrong", totp: "000000") }
            try expect(["login.throttled"], person.attempt(password: "wrong", totp: "000000"), person)
        }

        @Test func `a login that does not exist is told of without its name`() throws {
            let login = Person.newLogin()
            let content: JSONValue = ["login": .string(login), "password": "x", "totp": "000000"]
            let answer = try Installation.here.client.post("/function/verify-login", content)
            let events = try events(answer)
            #expect(events.map { $0["type"].string } == ["login.failed"])
            #expect(events.first?["subject"].names == ["login"])
            #expect(!String(decoding: JSONValue.array(events).text, as: UTF8.self).contains(login))
        }

        @Test func `what is refused before anything is done is not told`() throws {
            let client = try Installation.here.client
            #expect(try events(client.post("/function/create-account", ["login": 1])).isEmpty)
            #expect(try events(client.send("GET", "/function/manage-account")).isEmpty)
            #expect(try events(client.post("/function/rotate-credentials", ["renewalToken": "x"])).isEmpty)
        }

        private func events(_ answer: Answer) throws -> [JSONValue] {
            let id = try #require(answer["x-call-id"])
            return try Installation.here.store.find("audit", ["correlationId": .string(id)])
        }

        private func expect(_ types: [String], _ answer: Answer, _ person: Person) throws {
            let events = try events(answer)
            #expect(events.compactMap { $0["type"].string } == types, "\(answer)")
            let stored = try Installation.here.store.find(
                "audit",
                [
                    "correlationId": .string(answer["x-call-id"] ?? ""),
                    "subject.account": Stored.id(person.accountID),
                ])
            #expect(stored.count == types.count)
        }
    }
}
