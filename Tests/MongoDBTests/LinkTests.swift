import BSON
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
        #expect(throws: MongoError.unavailable("the connection was made anew")) {
            try things.insert(["_id": 2], over: link, acknowledged: .majority)
        }
        let next = try #require(try client.link())
        #expect(next != link)
        try things.insert(["_id": 3], over: next, acknowledged: .majority)
        #expect(try things.find([:], sort: ["_id": 1]) == [["_id": 1], ["_id": 3]])
    }
}
