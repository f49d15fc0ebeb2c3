import AccountsStore
import Audit
import BSON
import FieldEncryption
import Foundation
import Installation
import JSON
import MongoDB
import Primitives
import Runtime
import TestMongo
import Testing

@testable import expire_credentials

extension NoticesTests {
    @Suite struct ExpiryTests {
        let site: Site
        var function: ExpireCredentials

        init() throws {
            site = try Site()
            function = try ExpireCredentials(environment: site.environment)
        }

        @Test mutating func `it is not there for callers from outside`() throws {
            #expect(throws: FunctionFailure.notFound) { try site.call(&function, isInternal: false) }
        }

        @Test mutating func `the end is announced 14, 7 and 1 days ahead and once it has come, each once`() throws {
            let account = try site.makeAccount("alice")
            var told: [Int64] = []
            site.clock.advance(days: 160)
            for _ in 0..<30 {
                try site.call(&function)
                try site.call(&function)
                told = try days(of: account.id)
                site.clock.advance(days: 1)
            }
            #expect(told == [14, 7, 1, 0])
            #expect(try site.count("audit", ["type": "credentials.expiring"]) == 3)
            #expect(try site.count("audit", ["type": "credentials.expired"]) == 1)
            let stored = try unwrapped(try site.accounts.account(account.id))
            #expect(stored.credentials.mustRenew)
        }

        @Test mutating func `what was missed is told by the present stage alone`() throws {
            let account = try site.makeAccount("alice")
            site.clock.advance(days: 176)
            try site.call(&function)
            #expect(try days(of: account.id) == [7])
        }

        @Test mutating func `nobody is told who is locked or waits for a claim`() throws {
            let locked = try site.makeAccount("alice")
            let waiting = try site.makeAccount("bob")
            try site.collection("accounts").update(["_id": .id(locked.id)], ["$set": ["status": "locked"]])
            _ = try site.accounts.handOut(waiting, by: .system, site.context)
            site.clock.advance(days: 1)
            try site.collection("accounts").updateMany(
                [:], ["$set": ["credentials.expiresAt": .date(site.clock.now)]])
            try site.call(&function)
            #expect(try site.count("notices", ["type": ["$in": ["credentials.expired", "credentials.expiring"]]]) == 0)
        }

        @Test func `many at once are told once each, whoever sweeps`() throws {
            let model = try unwrapped(
                try site.collection("accounts").findOne(["_id": .id(site.makeAccount("alice").id)]))
            let copies = (0..<450).map { number -> Document in
                var copy = model
                copy["_id"] = .id(UniqueID(at: site.clock.now, random: site.environment.random))
                copy["login"] = .string("user\(number)")
                copy["loginFolded"] = .string("user\(number)")
                return copy
            }
            try site.collection("accounts").insertMany(copies)
            site.clock.advance(days: 182)
            let failures = Locked<[String]>([])
            let (caller, environment) = (site.caller, site.environment)
            DispatchQueue.concurrentPerform(iterations: 3) { _ in
                do {
                    var function = try ExpireCredentials(environment: environment)
                    var isFinished = false
                    while !isFinished {
                        do {
                            _ = try caller.call(&function)
                            isFinished = true
                        } catch let failure as FunctionFailure where failure.status == 503 {
                            continue
                        }
                    }
                } catch {
                    failures.change { $0.append("\(error)") }
                }
            }
            #expect(failures.get() == [])
            #expect(try site.count("notices", ["type": "credentials.expired"]) == 451)
            #expect(try site.count("audit", ["type": "credentials.expired"]) == 451)
            #expect(try site.count("accounts", ["credentials.mustRenew": true]) == 451)
        }

        @Test mutating func `a hand-out is announced once, a day before it lapses`() throws {
            let account = try site.makeAccount("alice")
            _ = try site.accounts.handOut(account, by: .system, site.context)
            try site.call(&function)
            #expect(try site.count("notices", ["type": "handout.expiring"]) == 0)
            site.clock.advance(days: 2)
            try site.call(&function)
            try site.call(&function)
            #expect(try site.count("notices", ["type": "handout.expiring", "accountId": .id(account.id)]) == 1)
            #expect(try site.count("audit", ["type": "handout.expiring"]) == 1)
        }

        @Test mutating func `lapsed accounts go with their keys, and erasures are listed outside`() throws {
            let account = try site.makeAccount("alice")
            try site.collection("accounts").update(["_id": .id(account.id)], ["$set": ["status": "pending"]])
            let erased = UniqueID(at: site.clock.now, random: site.environment.random)
            try site.collection("erasures").insert([
                "_id": .id(erased), "keyId": .id(erased), "at": .date(site.clock.now), "listed": false,
            ])
            site.clock.advance(days: 1)
            try site.call(&function)
            #expect(try site.accounts.account(account.id) == nil)
            #expect(try vault.count() == 0)
            let list = try String(contentsOfFile: site.folder + "/erasures", encoding: .utf8)
            #expect(list.contains(erased.description))
        }

        @Test mutating func `a key without an account goes after a day, and no other key`() throws {
            let account = try site.makeAccount("alice")
            let orphan = try makeKey(Self.newID(site))
            let young = try makeKey(Self.newID(site))
            let other = try site.installation.encryption.createDataKey(altName: "conversation:\(Self.newID(site))")
            let odd = try site.installation.encryption.createDataKey(altName: "account:somebody")
            let own = try site.installation.ownKey()
            try vault.updateMany(["_id": ["$ne": .id(young)]], ["$set": ["creationDate": .date(daysAgo(2))]])
            try vault.update(["_id": .id(young)], ["$set": ["creationDate": .date(site.clock.now)]])
            try site.call(&function)
            let left = try vault.find([:], projection: ["_id": 1]).compactMap { $0["_id"]?.id }
            #expect(Set(left) == [account.keyID, young, other, odd, own])
            #expect(!left.contains(orphan))
        }

        @Test mutating func `where more keys are without an account than with one, none is touched`() throws {
            for _ in 0..<11 { _ = try makeKey(Self.newID(site)) }
            try vault.updateMany([:], ["$set": ["creationDate": .date(daysAgo(2))]])
            #expect(try site.call(&function)["keysRemoved"] == 0)
            #expect(try vault.count() == 11)
        }

        private var vault: MongoCollection {
            site.installation.client.collection("encryption", "__keyVault")
        }

        private func daysAgo(_ days: Int64) -> Timestamp {
            site.clock.now.adding(.seconds(-days * 86_400))
        }

        private func makeKey(_ account: UniqueID) throws -> UniqueID {
            try site.installation.encryption.createDataKey(altName: "account:\(account)")
        }

        private static func newID(_ site: Site) -> UniqueID {
            UniqueID(at: site.clock.now, random: site.environment.random)
        }

        /// Which stages an account's owner was told of, in their order.
        private func days(of account: UniqueID) throws -> [Int64] {
            let types: Document = ["$in": ["credentials.expiring", "credentials.expired"]]
            return try site.collection("notices")
                .find(["accountId": .id(account), "type": .document(types)], sort: ["at": 1])
                .compactMap { $0["data"]?.document?["days"]?.integer }
        }
    }
}
