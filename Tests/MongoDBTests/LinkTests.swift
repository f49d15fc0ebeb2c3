import BSON
import Foundation
import MongoDB
import TestMongo
import Testing

@Suite struct LinkTests {
    @Test func `what is written over a connection is there, and a value that is taken is told by its index`() throws {
        let scratch = try Scratch()
        let things = scratch.things
        let link = try #require(try scratch.client.link())
        try things.insert(["_id": 1], over: link, acknowledged: .majority)
        try things.insert(["_id": 2], over: link, acknowledged: .primary)
        try things.awaitMajority(over: link)
        #expect(try things.find([:], sort: ["_id": 1], readConcern: .majority) == [["_id": 1], ["_id": 2]])
        #expect(try things.findOne([:], projection: ["_id": 1], sort: ["_id": -1], over: link) == ["_id": 2])
        for acknowledgement in [Acknowledgement.majority, .primary] {
            #expect(throws: MongoError.duplicateKey(index: "_id_")) {
                try things.insert(["_id": 1], over: link, acknowledged: acknowledgement)
            }
        }
        #expect(try scratch.client.link() == link)
    }

    @Test func `a connection that was made anew takes no write that was meant for the one before`() throws {
        let server = try MongoServer()
        defer { server.end() }
        let client = try server.client()
        let things = client.collection("t", "things")
        let link = try #require(try client.link())
        try things.insert(["_id": 1], over: link, acknowledged: .majority)
        server.kill()
        try server.start()
        try server.patiently { _ = try things.findOne([:]) }
        for _ in 0..<2 {
            let error = #expect(throws: MongoError.self) {
                try things.insert(["_id": 2], over: link, acknowledged: .majority)
            }
            guard case .unavailable? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        let next = try #require(try client.link())
        #expect(next != link)
        try things.insert(["_id": 3], over: next, acknowledged: .majority)
        #expect(try things.find([:], sort: ["_id": 1]) == [["_id": 1], ["_id": 3]])
    }

    @Test func `several are looked for at once, each in its collection, in the order that they were asked for`() throws
    {
        let scratch = try Scratch()
        let (things, others) = (scratch.things, scratch.client.collection(scratch.database, "others"))
        let link = try #require(try scratch.client.link())
        #expect(scratch.client.isPipelined(link))
        for number in 1...3 { try things.insert(["_id": .integer(number), "text": .string("\(number)")]) }
        try others.insert(["_id": "other", "text": .string(String(repeating: "long ", count: 100_000))])
        let lookups = [
            things.lookup([:], projection: ["_id": 1], sort: ["_id": -1]), others.lookup(["_id": "other"]),
            things.lookup(["_id": 4]), things.lookup(["_id": ["$gt": 1]], sort: ["_id": 1]),
        ]
        for _ in 0..<3 {
            let found = try scratch.client.first(lookups, in: scratch.database, over: link)
            try #require(found.count == 4)
            #expect(found[0] == ["_id": 3])
            #expect(found[1]?["text"]?.string?.utf8.count == 500_000)
            #expect(found[2] == nil)
            #expect(found[3] == ["_id": 2, "text": "2"])
        }
    }

    @Test func `what the server refuses is told, and the connection is made anew`() throws {
        let scratch = try Scratch()
        let link = try #require(try scratch.client.link())
        let error = #expect(throws: MongoError.self) {
            try scratch.client.first(
                [scratch.things.lookup([:]), scratch.things.lookup(["$nonsense": 1])], in: scratch.database,
                over: link)
        }
        guard case .server? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        let next = try #require(try scratch.client.link())
        #expect(next != link)
        try scratch.things.insert(["_id": 1], over: next, acknowledged: .majority)
        #expect(
            try scratch.client.first([scratch.things.lookup([:])], in: scratch.database, over: next) == [
                ["_id": 1]
            ])
    }

    @Test func `a connection to a server that hangs is given up, and made anew when it goes on`() throws {
        let server = try MongoServer()
        defer { server.end() }
        let client = try MongoClient(uri: server.uri, applicationName: "tests", socketTimeout: 600_000)
        let things = client.collection("t", "things")
        let link = try #require(try client.link())
        try things.insert(["_id": 1], over: link, acknowledged: .majority)
        server.signal(SIGSTOP)
        let error = #expect(throws: MongoError.self) {
            try client.first([things.lookup([:])], in: "t", over: link)
        }
        guard case .unavailable? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        server.signal(SIGCONT)
        let found = try server.patiently {
            let next = try #require(try client.link())
            return try client.first([things.lookup([:])], in: "t", over: next)
        }
        #expect(found == [["_id": 1]])
        #expect(try things.find([:]) == [["_id": 1]])
    }

    @Test func `an answer that takes longer than the limit is given up, and the next is not taken for it`() throws {
        let scratch = try Scratch()
        try scratch.things.insert(["_id": 1])
        let link = try #require(try scratch.client.link())
        let slow = "function() { sleep(3000); return true }"
        let filter: Document = ["$expr": ["$function": ["body": .string(slow), "args": [], "lang": "js"]]]
        scratch.client.limit(milliseconds: 300)
        #expect(throws: MongoError.deadline) {
            try scratch.client.first([scratch.things.lookup(filter)], in: scratch.database, over: link)
        }
        #expect(throws: MongoError.deadline) { try scratch.client.link() }
        scratch.client.limit(milliseconds: nil)
        let next = try #require(try scratch.client.link())
        #expect(next != link)
        let found = try scratch.client.first([scratch.things.lookup(["_id": 2])], in: scratch.database, over: next)
        #expect(found == [nil])
    }
}
