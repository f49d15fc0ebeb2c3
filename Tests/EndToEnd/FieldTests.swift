import JSON
import Primitives
import Testing

extension AccountsEndToEnd {
    @Suite struct FieldTests {
        @Test(arguments: [("credentials.totp", "credentials.totp"), ("credentials.password", "credentials.password")])
        func `another account's field put in place is refused, and told`(target: String, source: String) throws {
            let (victim, other) = (
                try Person.register(at: Installation.here), try Person.register(at: Installation.here)
            )
            try put(target, of: victim, from: source, of: stored(other))
            let borrowed = target == "credentials.totp" ? other.authenticator : victim.authenticator
            let password = target == "credentials.totp" ? victim.password : other.password
            let answer = try victim.attempt(password: password, totp: borrowed.code(away: 0))
            try expectRefused(answer, victim)
        }

        @Test func `one field of an account put in the place of its other one is refused, and told`() throws {
            let person = try Person.register(at: Installation.here)
            try put("credentials.totp", of: person, from: "credentials.password", of: stored(person))
            try expectRefused(person.attempt(totp: person.authenticator.code(away: 0)), person)
        }

        @Test func `an account's own older secret put back is refused, and told`() throws {
            var old = try Person.register(at: Installation.here)
            let before = try stored(old)
            try old.logIn()
            let token = try #require(try old.prove().json["renewalToken"].string)
            let new = try old.renewed(old.renew(token))
            try put("credentials.totp", of: new, from: "credentials.totp", of: before)
            try expectRefused(new.attempt(totp: old.authenticator.code(away: 1)), new)
        }

        @Test func `MongoDB's own driver opens a field with the master key, and finds what was handed out`() throws {
            let person = try Person.register(at: Installation.here)
            let totp = try Installation.here.store.decrypt("accounts", person.filter, field: "credentials.totp")
            #expect(totp["subtype"]["$numberInt"].string == "6")
            let opened = totp["opened"]
            let secret = opened["v"]["$binary"]["base64"].string.flatMap { Base64.standard.decode($0) }
            #expect(secret == Base32.decode(person.authenticator.secret))
            #expect(opened["o"]["$uuid"].string == person.accountID || isID(opened["o"], person.accountID))
            #expect(opened["f"].string == "credentials.totp")
            #expect(opened["n"]["$numberLong"].string == "1")
            let password = try Installation.here.store.decrypt("accounts", person.filter, field: "credentials.password")
            #expect(password["opened"]["v"].string?.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$") == true)
        }

        private func isID(_ value: JSONValue, _ id: String) -> Bool {
            let bytes = value["$binary"]["base64"].string.flatMap { Base64.standard.decode($0) }
            return value["$binary"]["subType"].string == "04"
                && bytes == Hex.decode(Array(id.filter { $0 != "-" }.utf8))
        }

        private func stored(_ person: Person) throws -> JSONValue {
            try Installation.here.store.one("accounts", person.filter)
        }

        private func put(
            _ target: String, of person: Person, from source: String, of document: JSONValue
        ) throws {
            let value = source.split(separator: ".").reduce(document) { $0[String($1)] }
            try #require(value["$binary"]["subType"].string == "06")
            try Installation.here.store.set("accounts", person.filter, .object(JSONObject([(target, value)])))
        }

        private func expectRefused(_ answer: Answer, _ person: Person) throws {
            #expect(answer.status == 401)
            #expect(answer.slug == "invalid-credentials")
            let events = try Installation.here.store.find(
                "audit", ["subject.account": Stored.id(person.accountID), "type": "field.refused"])
            #expect(events.count == 1)
        }
    }
}
