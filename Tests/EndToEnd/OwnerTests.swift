import Foundation
import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct OwnerTests {
        @Test func `an owner changes login and address with a proof, and nothing without`() throws {
            let installation = try Installation.here
            var person = try Person.register(at: installation)
            try person.logIn()
            let login = Person.newLogin()
            let wrong = try person.manage(
                "PATCH", "", ["login": .string(login), "password": "wrong", "totp": "000000"])
            #expect(wrong.status == 401)
            let changed = try person.prove("PATCH", "", [("login", .string(login)), ("email", "a@example.org")])
            #expect(changed.status == 200, "\(changed)")
            #expect(changed.json["login"].string == login && changed.json["email"].string == "a@example.org")
            let stored = try installation.store.one("accounts", ["login": .string(login)])
            #expect(!String(decoding: stored.text, as: UTF8.self).contains("example.org"))
            let removed = try person.prove("PATCH", "", [("email", .null)])
            #expect(removed.json["email"] == .null && removed.json["login"].string == login)
        }

        @Test func `a login that another has cannot be taken`() throws {
            let installation = try Installation.here
            let other = try Person.register(at: installation)
            var person = try Person.register(at: installation)
            try person.logIn()
            let taken = try person.prove("PATCH", "", [("login", .string(other.login.uppercased()))])
            #expect(taken.status == 409)
            #expect(taken.slug == "login-taken")
        }

        @Test func `a session is ended at once, and another's is as if it did not exist`() throws {
            let installation = try Installation.here
            var person = try Person.register(at: installation)
            var other = try Person.register(at: installation)
            try person.logIn()
            let first = person.accessToken
            try person.logIn()
            try other.logIn()
            let sessions = try person.account().json["sessions"].elements
            #expect(sessions.count == 2)
            let old = try #require(sessions.first { $0["current"] == .bool(false) }?["sid"].string)
            let foreign = try other.manage("DELETE", "/sessions/\(old)")
            let nothing = try other.manage("DELETE", "/sessions/\(UUID().uuidString.lowercased())")
            #expect(foreign.status == 404 && foreign.likeness == nothing.likeness)
            #expect(try person.manage("DELETE", "/sessions/\(old)").status == 204)
            #expect(try person.manage("DELETE", "/sessions/\(old)").status == 204)
            let ended = ["Authorization": "Bearer \(first)"]
            #expect(try installation.client.send("GET", "/function/manage-account", ended).status == 401)
            #expect(try person.account().json["sessions"].elements.count == 1)
        }

        @Test func `all sessions but this one are ended together`() throws {
            let installation = try Installation.here
            var person = try Person.register(at: installation)
            try person.logIn()
            let first = ["Authorization": "Bearer \(person.accessToken)"]
            try person.logIn()
            #expect(try person.manage("DELETE", "/sessions").status == 204)
            #expect(try installation.client.send("GET", "/function/manage-account", first).status == 401)
            #expect(try person.account().status == 200)
        }

        @Test func `an export holds all that is stored about its owner`() throws {
            let installation = try Installation.here
            var person = try Person.register(at: installation, JSONObject([("email", "b@example.org")]))
            try person.logIn()
            let export = try person.manage("GET", "/export")
            #expect(export.status == 200)
            #expect(export.json["login"].string == person.login)
            #expect(export.json["email"].string == "b@example.org")
            #expect(export.json["sessions"].elements.count == 1)
            let types = export.json["events"].elements.compactMap { $0["type"].string }
            #expect(types == ["account.created", "login.succeeded", "account.exported"])
            #expect(export.json["events"].elements.allSatisfy { $0["clientAddress"].string == "127.0.0.1" })
        }

        @Test func `an erasure leaves nothing but a pseudonym in the audit`() throws {
            let installation = try Installation.here
            var person = try Person.register(at: installation, JSONObject([("email", "c@example.org")]))
            try person.logIn()
            let key = try #require(
                try installation.store.one("accounts", person.filter)["keyId"]["$binary"]["base64"].string)
            let profile: JSONValue = [
                "displayName": "Erased", "birthDate": "1990-01-31", "timeZone": "Europe/Paris", "bio": "Soon gone.",
            ]
            let put = try installation.client.send(
                "PUT", "/function/edit-profile", person.bearer.merging(["Content-Type": "application/json"]) { $1 },
                body: profile.text)
            #expect(put.status == 200, "\(put)")
            #expect(try person.manage("GET", "/export").json["profile"]["bio"].string == "Soon gone.")
            #expect(try installation.store.find("players", ["_id": Stored.id(person.accountID)]).count == 1)
            let erased = try person.prove("POST", "/erase")
            #expect(erased.status == 204, "\(erased)")
            #expect(try person.account().status == 401)
            #expect(try person.attempt(totp: person.authenticator.nextCode()).status == 401)
            #expect(try installation.store.find("accounts", person.filter).isEmpty)
            for collection in ["sessions", "devices", "renewals", "handouts", "notices"] {
                let left = try installation.store.find(collection, ["accountId": Stored.id(person.accountID)])
                #expect(left.isEmpty, "\(collection)")
            }
            for (collection, member) in [("players", "_id"), ("relations", "players")] {
                let filter = JSONValue.object(JSONObject([(member, Stored.id(person.accountID))]))
                #expect(try installation.store.find(collection, filter).isEmpty, "\(collection)")
            }
            let list = try String(contentsOfFile: installation.folder + "/data/erasures", encoding: .utf8)
            #expect(list.contains(person.accountID))
            #expect(!key.isEmpty)
            let again = try installation.client.post("/function/create-account", ["login": .string(person.login)])
            #expect(again.status == 201)
            let admin = try Admin.appoint(at: installation)
            #expect(Patience.until { (try? admin.verifyAudit()["ok"]) == .bool(true) })
        }
    }
}
