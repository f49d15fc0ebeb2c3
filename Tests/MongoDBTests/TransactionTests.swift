import BSON
import Foundation
import MongoDB
import TestMongo
import Testing

@Suite struct TransactionTests {
    /// An error of a caller's own that can carry the store's.
    enum Refusal: Error, Equatable, StoreFailure {
        case notEnough
        case store(MongoError)
    }

    let scratch: Scratch
    var things: MongoCollection { scratch.things }

    init() throws {
        scratch = try Scratch()
        try things.insertMany([["_id": "a", "n": 10], ["_id": "b", "n": 0]])
    }

    private static func move(
        _ amount: Int64, in database: String, with client: MongoClient
    ) throws(Refusal) -> Int64 {
        let things = client.collection(database, "things")
        return try client.withTransaction { (session) throws(Refusal) in
            do {
                let from = try things.findAndUpdate(
                    ["_id": "a"], ["$inc": ["n": .int64(-amount)]], session: session)
                try things.update(["_id": "b"], ["$inc": ["n": .int64(amount)]], session: session)
                guard let left = from?["n"]?.integer, left >= 0 else { throw Refusal.notEnough }
                return left
            } catch let error as MongoError {
                throw .store(error)
            } catch {
                throw .notEnough
            }
        }
    }

    @Test func `what happens in it happens together`() throws {
        #expect(try Self.move(4, in: scratch.database, with: scratch.client) == 6)
        #expect(try things.findOne(["_id": "b"])?["n"] == 4)
    }

    @Test func `a caller's own error undoes it and comes out as it is`() throws {
        #expect(throws: Refusal.notEnough) {
            try Self.move(11, in: scratch.database, with: scratch.client)
        }
        #expect(try things.findOne(["_id": "a"])?["n"] == 10)
        #expect(try things.findOne(["_id": "b"])?["n"] == 0)
    }

    @Test func `all kinds of reads and writes work in it`() throws {
        try scratch.client.withTransaction { (session) throws(MongoError) in
            try things.insert(["_id": "c", "n": 1], session: session)
            try things.updateMany([:], ["$inc": ["n": 1]], session: session)
            try things.replace(["_id": "b"], with: ["n": 100], session: session)
            try things.delete(["_id": "a"], session: session)
            try things.deleteMany(["n": 2], session: session)
            #expect(try things.count(session: session) == 1)
            #expect(try things.aggregate([["$match": ["n": 100]]], session: session).count == 1)
            #expect(try things.find([:], session: session).map { $0["_id"] } == ["b"])
        }
        #expect(try things.find([:]) == [["_id": "b", "n": 100]])
    }

    @Test func `writers in each other's way all get through, and nothing is lost`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { [server = scratch.server, database = scratch.database] group in
            for _ in 0..<4 {
                group.addTask {
                    let client = try server.client()
                    for _ in 0..<2 { _ = try Self.move(1, in: database, with: client) }
                }
            }
            try await group.waitForAll()
        }
        #expect(try things.findOne(["_id": "a"])?["n"] == 2)
        #expect(try things.findOne(["_id": "b"])?["n"] == 8)
    }

    @Test func `a conflict that does not go away ends at the limit`() throws {
        let other = try scratch.server.client()
        other.limit(milliseconds: 300)
        let others = other.collection(scratch.database, "things")
        try scratch.client.withTransaction { (session) throws(MongoError) in
            try things.update(["_id": "a"], ["$inc": ["n": 1]], session: session)
            let error = #expect(throws: MongoError.self) {
                try other.withTransaction { (session) throws(MongoError) in
                    try others.update(["_id": "a"], ["$inc": ["n": 1]], session: session)
                }
            }
            switch error {
            case .conflict, .deadline: break
            default: Issue.record("\(String(describing: error))")
            }
        }
        #expect(try things.findOne(["_id": "a"])?["n"] == 11)
    }

    @Test func `a duplicate in it names the index and undoes the rest`() throws {
        #expect(throws: MongoError.duplicateKey(index: "_id_")) {
            try scratch.client.withTransaction { (session) throws(MongoError) in
                try things.update(["_id": "a"], ["$inc": ["n": 1]], session: session)
                try things.insert(["_id": "b"], session: session)
            }
        }
        #expect(try things.findOne(["_id": "a"])?["n"] == 10)
    }

    @Test func `a transaction that has ended takes no more calls`() throws {
        let kept = try scratch.client.withTransaction { (session) throws(MongoError) in session }
        #expect(throws: MongoError.invalid("the transaction has ended")) {
            try things.findOne([:], session: kept)
        }
    }

    @Test func `a body that hides a conflict still does not commit half`() throws {
        let other = try scratch.server.client().collection(scratch.database, "things")
        var attempts = 0
        try scratch.client.withTransaction { (session) throws(MongoError) in
            attempts += 1
            _ = try things.findOne(["_id": "a"], session: session)
            if attempts == 1 { try other.update(["_id": "a"], ["$inc": ["n": 1]]) }
            _ = try? things.update(["_id": "a"], ["$inc": ["n": 10]], session: session)
        }
        #expect(attempts == 2)
        #expect(try things.findOne(["_id": "a"])?["n"] == 21)
    }
}
