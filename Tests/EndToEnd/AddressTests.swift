import JSON
import Testing

/// What the gateway and the functions make of the addresses that callers and proxies write.
@Suite(.serialized) struct AddressTests {
    @Test func `behind a trusted proxy an address that fails with many logins is closed, and no other`() throws {
        let installation = try Installation(
            ["TRUSTED_PROXIES": "127.0.0.1", "LOGIN_FAILURES_PER_ADDRESS": "6"])
        defer { installation.remove() }
        defer { installation.stop() }
        let statuses = try (0..<8).map { _ in try fail(installation, from: "192.0.2.7") }
        #expect(statuses == [401, 401, 401, 401, 401, 401, 429, 429])
        #expect(try fail(installation, from: "192.0.2.8") == 401)
        var person = try Person.register(at: installation)
        try person.logIn()
        let events = try installation.store.find("audit", ["subject.account": Stored.id(person.accountID)])
        #expect(events.count == 2)
    }

    @Test func `without a trusted proxy a forged address changes nothing`() throws {
        let installation = try Installation(["LOGIN_FAILURES_PER_ADDRESS": "2", "REGISTRATION_PER_HOUR": "1"])
        defer { installation.remove() }
        defer { installation.stop() }
        #expect(try (0..<4).map { _ in try fail(installation, from: "192.0.2.7") } == [401, 401, 401, 401])
        for _ in 0..<3 {
            let answer = try installation.client.post(
                "/function/create-account", ["login": .string(Person.newLogin())], ["X-Forwarded-For": "192.0.2.9"])
            #expect(answer.status == 201)
        }
    }

    @Test func `registration is braked for each address, and can be closed to all but admins`() throws {
        let installation = try Installation([
            "TRUSTED_PROXIES": "127.0.0.1", "REGISTRATION_PER_HOUR": "2",
        ])
        defer { installation.remove() }
        defer { installation.stop() }
        let statuses = try (0..<3).map { _ in try create(installation, from: "192.0.2.7").status }
        #expect(statuses == [201, 201, 429])
        let refused = try create(installation, from: "192.0.2.7")
        #expect(refused.slug == "rate-limited")
        #expect(refused["retry-after"].flatMap { Int($0) } ?? 0 > 0)
        #expect(try create(installation, from: "192.0.2.8").status == 201)
    }

    @Test func `closed registration lets admins alone make accounts`() throws {
        let installation = try Installation(["REGISTRATION": "admin"])
        defer { installation.remove() }
        defer { installation.stop() }
        let content: JSONValue = ["login": .string(Person.newLogin())]
        let refused = try installation.client.post("/function/create-account", content)
        #expect(refused.status == 403)
        #expect(refused.slug == "registration-closed")
        let admin = try Admin.appoint(at: installation)
        #expect(try admin.client.post("/function/create-account", content, admin.bearer).status == 201)
    }

    private func fail(_ installation: Installation, from address: String) throws -> Int {
        let content: JSONValue = ["login": .string(Person.newLogin()), "password": "wrong", "totp": "000000"]
        let fields = ["X-Forwarded-For": address]
        return try installation.client.post("/function/verify-login", content, fields).status
    }

    private func create(_ installation: Installation, from address: String) throws -> Answer {
        try installation.client.post(
            "/function/create-account", ["login": .string(Person.newLogin())], ["X-Forwarded-For": address])
    }
}
