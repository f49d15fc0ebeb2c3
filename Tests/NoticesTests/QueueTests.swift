import BSON
import Foundation
import JSON
import MongoDB
import Primitives
import Runtime
import SystemStore
import TestMongo
import Testing

@testable import queue_calls

extension NoticesTests {
    @Suite struct QueueTests {
        let site: Site
        var function: QueueCalls

        init() throws {
            site = try Site()
            for (name, indexes) in SystemIndexes.all { try site.collection(name).createIndexes(indexes) }
            function = try QueueCalls(environment: site.environment)
        }

        @Test(arguments: [
            ("POST", "/slots"), ("GET", "/slots/a"), ("POST", "/calls"), ("GET", "/calls"), ("POST", "/calls/lease"),
            ("GET", "/calls/a"), ("POST", "/calls/a/settle"), ("POST", "/calls/a/retry"), ("GET", "/depth"),
        ])
        func `nothing of it is there for callers from outside`(method: String, path: String) throws {
            var function = function
            #expect(throws: FunctionFailure.notFound) {
                try site.call(&function, method, path, [:], isInternal: false)
            }
        }

        @Test func `of fifty gateways that ask at once, one gets the slot`() throws {
            let granted = Locked<[Bool]>([])
            let (caller, environment) = (site.caller, site.environment)
            DispatchQueue.concurrentPerform(iterations: 50) { number in
                guard var function = try? QueueCalls(environment: environment) else { return }
                let answer = try? caller.call(&function, "POST", "/slots", Self.slot("7", owner: "gateway-\(number)"))
                if case .bool(let isGranted)? = answer?["granted"] { granted.change { $0.append(isGranted) } }
            }
            #expect(granted.get().count == 50)
            #expect(granted.get().filter(\.self).count == 1)
        }

        @Test mutating func `a slot stays its owner's, and the last one is known`() throws {
            #expect(try site.call(&function, "GET", "/slots/job")["last"] == .null)
            for slot in ["5", "7", "6"] {
                #expect(try site.call(&function, "POST", "/slots", Self.slot(slot, owner: "a"))["granted"] == true)
                #expect(try site.call(&function, "POST", "/slots", Self.slot(slot, owner: "b"))["granted"] == false)
                #expect(try site.call(&function, "POST", "/slots", Self.slot(slot, owner: "a"))["granted"] == true)
            }
            #expect(try site.call(&function, "GET", "/slots/job")["last"] == 7)
            #expect(try site.call(&function, "GET", "/slots/other")["last"] == .null)
        }

        @Test(
            arguments: [
                ("1970-01-01T00:00:00Z", 0), ("2027-01-15T08:00:00Z", 1_800_000_000),
                ("2000-02-29T23:59:59.5Z", 951_868_799),
                ("29000000", 29_000_000),
            ] as [(String, Int64)])
        func `a slot is a number or a time`(text: String, number: Int64) throws {
            #expect(try SlotNumber(json: .string(text)).number == number)
        }

        @Test(arguments: [
            "", "x", "2027-13-01T00:00:00Z", "2027-02-29T00:00:00Z", "2027-01-01T00:00:00", "2027-01-01T24:00:00Z",
            "1e3", "٣",
        ])
        func `anything else is no slot`(text: String) {
            #expect(throws: JSONError.self) { try SlotNumber(json: .string(text)) }
        }

        @Test mutating func `a call is kept whole, but for what proves who called`() throws {
            try store("one")
            try store("one")
            #expect(try site.count("calls", [:]) == 1)
            let stored = "\(try unwrapped(try site.collection("calls").findOne([:])))"
            for secret in ["Bearer", "session=1"] { #expect(!stored.contains(secret)) }
            let call = try unwrapped(try lease(1).first)
            #expect(call["callId"] == "one")
            #expect(call["function"] == "echo")
            #expect(call["body"].string == Base64.standard.encode(Array("hello".utf8)))
            #expect(call["headers"] == [["name": "content-type", "value": "text/plain"]])
        }

        @Test mutating func `one worker has a call, until its lease is over`() throws {
            try store("one")
            let first = try unwrapped(try lease(10).first)
            #expect(try lease(10).isEmpty)
            site.clock.advance(seconds: 30)
            let second = try unwrapped(try lease(10).first)
            #expect(throws: FunctionFailure.notHeld) { try settle(first, "done") }
            #expect(try settle(second, "done")["status"] == "done")
            #expect(throws: FunctionFailure.notHeld) { try settle(second, "done") }
            site.clock.advance(seconds: 3600)
            #expect(try lease(10).isEmpty)
            #expect(try site.count("calls", ["body": ["$exists": true]]) == 0)
        }

        @Test func `many workers at once take each call once`() throws {
            for number in 0..<60 { try store("call-\(number)") }
            let taken = Locked<[String]>([])
            let (caller, environment) = (site.caller, site.environment)
            DispatchQueue.concurrentPerform(iterations: 4) { _ in
                guard var function = try? QueueCalls(environment: environment) else { return }
                while let calls = try? caller.call(&function, "POST", "/calls/lease", Self.leaseOf(5))["calls"]
                    .elements,
                    !calls.isEmpty
                {
                    taken.change { $0 += calls.compactMap { $0["callId"].string } }
                }
            }
            #expect(taken.get().count == 60)
            #expect(Set(taken.get()).count == 60)
        }

        @Test mutating func `a call that fails is put off longer each time, then dead, then revived by hand`() throws {
            try store("one", maxAttempts: 3)
            for pause: Int64 in [1, 2] {
                #expect(try settle(unwrapped(try lease(1).first), "failed", status: 502)["status"] == "waiting")
                site.clock.advance(seconds: pause - 1)
                #expect(try lease(1).isEmpty)
                site.clock.advance(seconds: 1)
            }
            #expect(try settle(unwrapped(try lease(1).first), "failed", status: 502)["status"] == "dead")
            let dead = try site.call(&function, "GET", "/calls?status=dead")["calls"].elements
            #expect(dead.map { $0["callId"] } == ["one"])
            #expect(dead.first?["lastStatus"] == 502)
            #expect(dead.first?["body"] == .null)
            #expect(try site.call(&function, "GET", "/depth")["dead"] == 1)
            #expect(try site.call(&function, "POST", "/calls/one/retry")["status"] == "waiting")
            #expect(throws: FunctionFailure.notDead) { try site.call(&function, "POST", "/calls/one/retry") }
            #expect(throws: FunctionFailure.notFound) { try site.call(&function, "POST", "/calls/two/retry") }
            #expect(try settle(unwrapped(try lease(1).first), "done", status: 200)["status"] == "done")
        }

        @Test mutating func `a call whose workers keep dying is dead in the end`() throws {
            try store("one", maxAttempts: 2)
            for _ in 0..<2 {
                #expect(try lease(1).count == 1)
                site.clock.advance(seconds: 30)
            }
            #expect(try lease(1).isEmpty)
            #expect(try site.count("calls", ["status": "dead"]) == 1)
        }

        @Test mutating func `the queue's depth and age are told`() throws {
            try store("one")
            site.clock.advance(seconds: 90)
            try store("two")
            let depth = try site.call(&function, "GET", "/depth")
            #expect(depth["waiting"] == 2)
            #expect(depth["oldestSeconds"] == 90)
        }

        @Test mutating func `lists go on where they ended`() throws {
            for number in 0..<5 { try store("call-\(number)") }
            var seen: [String] = []
            var path: String? = "/calls?status=waiting&limit=2"
            while let asked = path {
                let page = try site.call(&function, "GET", asked)
                seen += page["calls"].elements.compactMap { $0["callId"].string }
                path = page["next"].string.map { "/calls?status=waiting&limit=2&after=" + $0 }
            }
            #expect(seen == (0..<5).map { "call-\($0)" })
        }

        private static func slot(_ slot: String, owner: String) -> JSONValue {
            ["name": "job", "slot": .string(slot), "owner": .string(owner), "leaseSeconds": 60]
        }

        private static func leaseOf(_ limit: Int64) -> JSONValue {
            ["limit": .integer(limit), "leaseSeconds": 30]
        }

        private func store(_ id: String, maxAttempts: Int64 = 10) throws {
            var function = function
            try site.call(
                &function, "POST", "/calls",
                [
                    "callId": .string(id), "function": "echo", "method": "POST", "path": "/x", "query": "a=b",
                    "headers": [
                        ["name": "Authorization", "value": "Bearer x"], ["name": "cookie", "value": "session=1"],
                        ["name": "content-type", "value": "text/plain"],
                    ],
                    "body": .string(Base64.standard.encode(Array("hello".utf8))), "maxAttempts": .integer(maxAttempts),
                ])
        }

        private func lease(_ limit: Int64) throws -> [JSONValue] {
            var function = function
            return try site.call(&function, "POST", "/calls/lease", Self.leaseOf(limit))["calls"].elements
        }

        private func settle(_ call: JSONValue, _ outcome: String, status: Int64? = nil) throws -> JSONValue {
            var function = function
            var members: [(String, JSONValue)] = [("lease", call["lease"]), ("outcome", .string(outcome))]
            if let status { members.append(("status", .integer(status))) }
            return try site.call(
                &function, "POST", "/calls/\(call["callId"].string ?? "")/settle", .object(JSONObject(members)))
        }
    }
}
