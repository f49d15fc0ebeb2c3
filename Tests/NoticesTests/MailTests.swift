import AccountsDomain
import AccountsStore
import Audit
import BSON
import JSON
import MongoDB
import Primitives
import Runtime
import TestMongo
import Testing
import Tokens

@testable import send_notices

extension NoticesTests {
    @Suite struct MailTests {
        let receiver: Receiver
        let site: Site
        var function: SendNotices

        init() throws {
            receiver = try Receiver()
            site = try Site(["SMTP_URL": receiver.smtp, "SMTP_FROM": "Équipe <noreply@example.org>"])
            function = try SendNotices(environment: site.environment)
        }

        @Test mutating func `a recovery's link is made as its mail goes, works, and is stored nowhere`() throws {
            let account = try site.makeAccount("alice", email: "alice@example.org")
            try site.accounts.requestRecovery(login("alice"), site.context)
            #expect(try site.count("handouts", [:]) == 0)
            #expect(try site.call(&function)["sent"] == 1)
            let mail = try unwrapped(try receiver.take().mails.first)
            #expect(mail.recipients == ["alice@example.org"])
            #expect(mail.sender == "noreply@example.org")
            #expect(mail.login == nil)
            let token = try unwrapped(mail.token.flatMap(OpaqueToken.init(parsing:)))
            #expect(mail.text.contains("https://play.example.org/claim#"))
            #expect(try site.count("handouts", ["_id": .bytes(token.digest), "purpose": "recovery"]) == 1)
            for notice in try site.collection("notices").find([:]) {
                #expect(!"\(notice)".contains(token.text))
            }
            #expect(try site.accounts.account(account.id)?.credentials.secrets != nil)
        }

        @Test mutating func `nothing is sent for a login that is not there, locked, without address or too eager`()
            throws
        {
            try site.makeAccount("alice")
            let locked = try site.makeAccount("bob", email: "bob@example.org")
            try site.makeAccount("carol", email: "carol@example.org")
            try site.collection("accounts").update(["_id": .id(locked.id)], ["$set": ["status": "locked"]])
            for name in ["alice", "bob", "nobody"] + [String](repeating: "carol", count: 5) {
                try site.accounts.requestRecovery(login(name), site.context)
            }
            try site.call(&function)
            #expect(
                try receiver.take().mails.flatMap(\.recipients) == [String](repeating: "carol@example.org", count: 3))
            #expect(try site.count("notices", ["doneAt": .null]) == 0)
        }

        @Test mutating func `a stranger's wish does not end the hand-out that an owner waits for`() throws {
            let account = try site.makeAccount("alice", email: "alice@example.org")
            let handout = try site.accounts.handOut(account, by: .system, site.context)
            try site.accounts.requestRecovery(login("alice"), site.context)
            try site.call(&function)
            #expect(try receiver.take().mails.isEmpty)
            #expect(try site.count("handouts", ["_id": .bytes(handout.token.digest), "revokedAt": .null]) == 1)
        }

        @Test(arguments: MailLanguage.allCases)
        func `owners are told of the end in their language`(language: MailLanguage) throws {
            var settings = site.environment.variables
            settings["MAIL_LANGUAGE"] = language.rawValue
            var function = try SendNotices(environment: FunctionEnvironment(variables: settings, clock: site.clock))
            try site.makeAccount("alice", email: "alice@example.org")
            site.clock.advance(days: 175)
            _ = try site.accounts.announceExpiry(.week, atMost: 10, site.context)
            try site.call(&function)
            let mail = try unwrapped(try receiver.take().mails.first)
            #expect(mail.text.contains(language == .english ? "Hello alice," : "Bonjour alice,"))
            #expect(mail.text.contains("https://play.example.org/renew"))
            #expect(mail.header.contains("7 \(language == .english ? "days" : "jours")"))
            #expect(mail.header.contains("From: =?utf-8?B?w4lxdWlwZQ==?= <noreply@example.org>"))
        }

        @Test mutating func `who has renewed meanwhile is not told`() throws {
            let account = try site.makeAccount("alice", email: "alice@example.org")
            site.clock.advance(days: 175)
            _ = try site.accounts.announceExpiry(.week, atMost: 10, site.context)
            try site.collection("accounts").update(["_id": .id(account.id)], ["$inc": ["credentials.version": 1]])
            #expect(try site.call(&function)["sent"] == 1)
            #expect(try receiver.take().mails.isEmpty)
        }

        @Test mutating func `a recipient that does not exist is given up at once, a busy server tried again`() throws {
            try site.makeAccount("alice", email: "alice@example.org")
            try receiver.refuse(550)
            try site.accounts.requestRecovery(login("alice"), site.context)
            #expect(try site.call(&function)["givenUp"] == 1)
            try receiver.refuse(451)
            try site.accounts.requestRecovery(login("alice"), site.context)
            #expect(try site.call(&function)["failed"] == 1)
            try receiver.refuse(nil)
            site.clock.advance(seconds: 10)
            #expect(try site.call(&function)["sent"] == 1)
            let mails = try receiver.take().mails
            #expect(mails.count == 1)
            let token = try unwrapped(mails.first?.token.flatMap(OpaqueToken.init(parsing:)))
            #expect(try site.count("handouts", ["revokedAt": .null]) == 1)
            #expect(try site.count("handouts", ["_id": .bytes(token.digest), "revokedAt": .null]) == 1)
        }

        @Test func `the mail server is shown the password that the secret holds`() throws {
            var settings = site.environment.variables
            settings["SMTP_USER"] = "user"
            var function = try SendNotices(environment: FunctionEnvironment(variables: settings, clock: site.clock))
            try site.makeAccount("alice", email: "alice@example.org")
            try site.accounts.requestRecovery(login("alice"), site.context)
            try site.call(&function)
            #expect(try receiver.take().mails.map(\.login) == ["user"])
        }

        @Test(arguments: [
            ["SMTP_URL": "http://127.0.0.1"], ["SMTP_URL": "smtp://user:word@127.0.0.1"], ["SMTP_URL": "smtp://"],
            ["SMTP_URL": "smtp://host:0"], ["SMTP_URL": "smtp://host/path"], ["SMTP_FROM": ""],
            ["SMTP_FROM": "a@b\r\nBcc: c@d"], ["SMTP_FROM": "nobody"], ["MAIL_LANGUAGE": "de"],
        ])
        func `settings that make no sense are refused at start`(wrong: [String: String]) throws {
            let settings = site.environment.variables.merging(wrong) { $1 }
            #expect(throws: SetUpFailure.self) {
                try SendNotices(environment: FunctionEnvironment(variables: settings))
            }
        }

        private func login(_ text: String) throws -> Login {
            try unwrapped(Login(parsing: text))
        }
    }
}
