import Foundation
import JSON
import Primitives
import Testing

extension AccountsEndToEnd {
    @Suite struct CreationTests {
        @Test func `a stranger makes an account, scans two codes, logs in and looks at the account`() throws {
            let installation = try Installation.here
            let created = try installation.client.post(
                "/function/create-account", ["login": .string(Person.newLogin())])
            try #require(created.status == 201)
            let codes = created.json["qrCodes"]
            #expect(try scan(codes["password"]) == created.json["password"].string)
            let uri = try scan(codes["totp"])
            #expect(uri == created.json["totp"]["uri"].string)
            let secret = URLComponents(string: uri)?.queryItems?.first { $0.name == "secret" }?.value
            #expect(secret == created.json["totp"]["secret"].string)

            var person = try Person(client: installation.client, created.json)
            person.authenticator = Authenticator(secret: try #require(secret))
            let session = try person.logIn()
            #expect(session.json["account"]["login"].string == person.login)
            let account = try person.account()
            #expect(account.status == 200)
            #expect(account.json["accountId"].string == person.accountID)
            #expect(account.json["status"].string == "active")
            #expect(account.json["credentials"]["recoveryCodesLeft"].integer == 10)
            #expect(account.json["sessions"].elements.map { $0["current"] } == [true])
        }

        @Test func `the credentials are of the agreed shape and length`() throws {
            let person = try Person.register(at: Installation.here)
            #expect(person.version == 1)
            #expect(person.password.utf8.count == 24)
            #expect(Base32.decode(person.authenticator.secret)?.count == 20)
            #expect(Set(person.recoveryCodes).count == 10)
            #expect(person.recoveryCodes.allSatisfy { $0.count == 16 && Base32.decode($0) != nil })
            #expect(Base64.url.decode(person.deviceToken)?.count == 32)
            let life = try days(from: person.credentials["issuedAt"], to: person.credentials["expiresAt"])
            #expect(life == 182)
        }

        @Test func `an answer with secrets is kept out of caches, and its cookie out of scripts`() throws {
            let answer = try Installation.here.client.post(
                "/function/create-account", ["login": .string(Person.newLogin()), "handout": "inline"])
            #expect(answer["cache-control"] == "no-store")
            #expect(answer["pragma"] == "no-cache")
            #expect(answer["referrer-policy"] == "no-referrer")
            #expect(answer["x-content-type-options"] == "nosniff")
            let cookie = try #require(answer["set-cookie"])
            #expect(cookie.hasPrefix("passerelle-device=\(answer.json["deviceToken"].string ?? "?");"))
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("Secure"))
        }

        @Test func `a login that is taken is refused, whatever the case`() throws {
            let installation = try Installation.here
            let login = "Mixed.Case+" + UUID().uuidString
            let first = try installation.client.post("/function/create-account", ["login": .string(login)])
            #expect(first.status == 201)
            #expect(first.json["login"].string == login)
            for spelling in [login, login.lowercased(), login.uppercased()] {
                let answer = try installation.client.post("/function/create-account", ["login": .string(spelling)])
                #expect(answer.status == 409)
                #expect(answer.slug == "login-taken")
            }
        }

        @Test func `of fifty calls for one login at once, exactly one makes it`() throws {
            let client = try Installation.here.client
            let login = Person.newLogin()
            let statuses = Parallel.run(50) { index in
                let spelling = index % 2 == 0 ? login : login.uppercased()
                return (try? client.post("/function/create-account", ["login": .string(spelling)]).status) ?? 0
            }
            #expect(statuses.filter { $0 == 201 }.count == 1)
            #expect(Set(statuses).isSubset(of: [201, 409, 503]), "\(statuses)")
        }

        /// What a phone reads from the picture in a data URL.
        private func scan(_ picture: JSONValue) throws -> String {
            let prefix = "data:image/png;base64,"
            let url = try #require(picture.string)
            try #require(url.hasPrefix(prefix))
            let png = try #require(Base64.standard.decode(url.dropFirst(prefix.count)))
            let file = NSTemporaryDirectory() + "/" + UUID().uuidString + ".png"
            try Data(png).write(to: URL(fileURLWithPath: file))
            defer { try? FileManager.default.removeItem(atPath: file) }
            let tool = try Environment.command("zbarimg", package: "zbar-tools")
            let command = try Command([tool, "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file])
            try #require(command.status == 0)
            return command.text
        }

        private func days(from start: JSONValue, to end: JSONValue) throws -> Double {
            let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            let first = try Date(start.string ?? "", strategy: format)
            return try Date(end.string ?? "", strategy: format).timeIntervalSince(first) / 86_400
        }
    }
}
