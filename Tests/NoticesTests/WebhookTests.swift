import AccountsStore
import BSON
import Cryptography
import Foundation
import JSON
import MongoDB
import Primitives
import Runtime
import TestMongo
import Testing

@testable import send_notices

extension NoticesTests {
    @Suite struct WebhookTests {
        let receiver: Receiver
        let site: Site
        var function: SendNotices

        init() throws {
            receiver = try Receiver()
            site = try Site(["WEBHOOK_URL": receiver.webhook])
            function = try SendNotices(environment: site.environment)
        }

        @Test mutating func `it is not there for callers from outside`() throws {
            #expect(throws: FunctionFailure.notFound) { try site.call(&function, isInternal: false) }
        }

        @Test mutating func `a notice is posted once, signed, as an alarm that names the account`() throws {
            let account = try site.makeAccount("alice")
            try site.accounts.notices.add(
                .handoutReplayed, account.id, ["at": .date(site.clock.now)], at: site.clock.now)
            #expect(try site.call(&function)["sent"] == 1)
            try site.call(&function)
            let post = try unwrapped(try receiver.take().posts.first)
            #expect(post.json["type"] == "handout.replayed")
            #expect(post.json["alarm"] == true)
            #expect(post.json["accountId"].string == account.id.description)
            #expect(post.header("content-type") == "application/json")
            let message = "\(site.clock.now.seconds).\(post.body)"
            let mac = HMAC.sha256(key: Array(Site.webhookKey.utf8), Array(message.utf8))
            #expect(
                post.header("x-passerelle-signature") == "t=\(site.clock.now.seconds),v1=\(Hex.encode(mac))")
            #expect(try receiver.take().posts.isEmpty)
        }

        @Test mutating func `a refused post is tried again later, under the same id`() throws {
            try receiver.answer([500, 302, 404])
            try site.accounts.notices.add(.backupFailed, nil, at: site.clock.now)
            for seconds: Int64 in [10, 20, 40] {
                #expect(try site.call(&function)["failed"] == 1)
                site.clock.advance(seconds: seconds - 1)
                #expect(try site.call(&function)["failed"] == 0)
                site.clock.advance(seconds: 1)
            }
            #expect(try site.call(&function)["sent"] == 1)
            let posts = try receiver.take().posts
            #expect(posts.map(\.status) == [500, 302, 404, 200])
            #expect(Set(posts.compactMap { $0.json["id"].string }).count == 1)
        }

        @Test mutating func `after a day of failures it is given up`() throws {
            try receiver.answer([Int64](repeating: 503, count: 200))
            try site.accounts.notices.add(.backupFailed, nil, at: site.clock.now)
            var attempts = 0
            while try site.count("notices", ["doneAt": .null]) == 1, attempts < 10_000 {
                try site.call(&function)
                attempts += 1
                site.clock.advance(seconds: 300)
            }
            let notice = try unwrapped(try site.collection("notices").findOne([:]))
            #expect(notice["givenUp"] == ["webhook"])
            let age = site.clock.now.seconds - HeldClock.start.seconds
            #expect((80_000...90_000).contains(age))
            #expect((15...30).contains(try receiver.take().posts.count))
        }

        @Test mutating func `a receiver that is away costs one attempt a round`() throws {
            var settings = site.environment.variables
            settings["WEBHOOK_URL"] = "http://127.0.0.1:9/nobody"
            function = try SendNotices(environment: FunctionEnvironment(variables: settings, clock: site.clock))
            for _ in 0..<3 { try site.accounts.notices.add(.backupFailed, nil, at: site.clock.now) }
            #expect(try site.call(&function)["failed"] == 1)
            #expect(try site.count("notices", ["attempts": 1]) == 1)
        }

        @Test func `two senders at once post each notice once`() throws {
            for _ in 0..<40 { try site.accounts.notices.add(.backupFailed, nil, at: site.clock.now) }
            let failures = Locked<[String]>([])
            let (caller, environment) = (site.caller, site.environment)
            DispatchQueue.concurrentPerform(iterations: 3) { _ in
                do {
                    var function = try SendNotices(environment: environment)
                    _ = try caller.call(&function)
                } catch {
                    failures.change { $0.append("\(error)") }
                }
            }
            #expect(failures.get() == [])
            let ids = try receiver.take().posts.compactMap { $0.json["id"].string }
            #expect(ids.count == 40)
            #expect(Set(ids).count == 40)
        }

        @Test mutating func `a notice whose sender died is sent once its lease is over`() throws {
            try site.accounts.notices.add(.backupFailed, nil, at: site.clock.now)
            #expect(try site.accounts.notices.take(at: site.clock.now) != nil)
            #expect(try site.call(&function)["sent"] == 0)
            site.clock.advance(seconds: 120)
            #expect(try site.call(&function)["sent"] == 1)
        }

        @Test mutating func `what is urgent goes before what was announced first`() throws {
            try site.accounts.notices.add(.handoutExpiring, nil, at: site.clock.now)
            try site.accounts.notices.add(.backupFailed, nil, at: site.clock.now)
            try site.call(&function)
            #expect(
                try receiver.take().posts.compactMap { $0.json["type"].string } == [
                    "backup.failed", "handout.expiring",
                ])
        }

        @Test mutating func `a wish for recovery that nothing is sent for is told nobody`() throws {
            try site.accounts.notices.add(.recoveryRequested, nil, ["send": false], at: site.clock.now)
            #expect(try site.call(&function)["sent"] == 1)
            #expect(try receiver.take().posts.isEmpty)
        }

        @Test mutating func `of one that a mail is sent for it is told, without what is for the sending`() throws {
            let account = try site.makeAccount("alice")
            try site.accounts.notices.add(.recoveryRequested, account.id, ["send": true], at: site.clock.now)
            try site.call(&function)
            let post = try unwrapped(try receiver.take().posts.first)
            #expect(post.json["type"] == "recovery.requested")
            #expect(post.json["data"] == [:])
        }

        @Test(arguments: ["ftp://example.org/", "example.org", "http://", "http://a b/", "https:///x"])
        func `an address that is none is refused at start`(url: String) throws {
            var settings = site.environment.variables
            settings["WEBHOOK_URL"] = url
            #expect(throws: SetUpFailure.self) {
                try SendNotices(environment: FunctionEnvironment(variables: settings))
            }
        }
    }
}
