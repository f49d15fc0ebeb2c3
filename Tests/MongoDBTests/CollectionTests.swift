import BSON
import Foundation
import MongoDB
import Testing

@Suite struct CollectionTests {
    let scratch: Scratch
    var things: MongoCollection { scratch.things }

    init() throws {
        scratch = try Scratch()
    }

    @Test func `what is inserted is found as it was`() throws {
        let thing: Document = [
            "_id": 1, "text": "a\u{0}ü", "list": [1, .null, true], "inner": ["b": 1.5],
            "bytes": .binary(subtype: 0, bytes: [0, 1, 255]), "none": .null,
        ]
        try things.insert(thing)
        #expect(try things.findOne(["_id": 1]) == thing)
        #expect(try things.findOne(["_id": 2]) == nil)
    }

    @Test func `find sorts, limits and projects`() throws {
        try things.insertMany((1...5).map { ["_id": .integer($0), "square": .integer($0 * $0)] })
        let found = try things.find(["_id": ["$gt": 1]], sort: ["_id": -1], limit: 2, projection: ["_id": 0])
        #expect(found == [["square": 25], ["square": 16]])
    }

    @Test func `a thousand documents come in batches, each once, and a throwing reader ends it`() throws {
        try things.insertMany((0..<1000).map { ["_id": .integer($0)] })
        var seen: [Int64] = []
        try things.forEach([:], sort: ["_id": 1]) { (document) throws(MongoError) in
            seen.append(document["_id"]?.integer ?? -1)
        }
        #expect(seen == Array(0..<1000))
        #expect(throws: MongoError.invalid("enough")) {
            try things.forEach([:]) { (_) throws(MongoError) in throw .invalid("enough") }
        }
    }

    @Test func `inserting nothing is done at once`() throws {
        try things.insertMany([])
        #expect(try things.count() == 0)
    }

    @Test func `an update tells what it matched, changed and made`() throws {
        try things.insert(["_id": 1, "n": 1])
        let changed = try things.update(["_id": 1], ["$set": ["n": 2]])
        #expect((changed.matched, changed.modified, changed.upserted) == (1, 1, nil))
        let same = try things.update(["_id": 1], ["$set": ["n": 2]])
        #expect((same.matched, same.modified) == (1, 0))
        let missed = try things.update(["_id": 1, "n": 1], ["$set": ["n": 3]])
        #expect((missed.matched, missed.modified) == (0, 0))
        let made = try things.update(["_id": 9], ["$set": ["n": 3]], upsert: true)
        #expect((made.matched, made.upserted) == (0, 9))
    }

    @Test func `updateMany and deleteMany count what they touch`() throws {
        try things.insertMany((0..<10).map { ["_id": .integer($0), "even": .bool($0 % 2 == 0)] })
        #expect(try things.updateMany(["even": true], ["$inc": ["n": 1]]).modified == 5)
        #expect(try things.delete(["even": true]) == 1)
        #expect(try things.deleteMany(["even": true]) == 4)
        #expect(try things.delete(["even": true]) == 0)
        #expect(try things.count() == 5)
        #expect(try things.count(["even": true]) == 0)
    }

    @Test func `replace puts a whole document in place`() throws {
        try things.insert(["_id": 1, "old": true])
        #expect(try things.replace(["_id": 1], with: ["new": true]).modified == 1)
        #expect(try things.findOne(["_id": 1]) == ["_id": 1, "new": true])
    }

    @Test func `findAndUpdate gives the document before or after, by sort, and makes one if asked`() throws {
        try things.insertMany([["_id": 1, "n": 1], ["_id": 2, "n": 5]])
        let before = try things.findAndUpdate([:], ["$inc": ["n": 1]], returning: .before, sort: ["n": -1])
        #expect(before == ["_id": 2, "n": 5])
        let after = try things.findAndUpdate(["_id": 2], ["$inc": ["n": 1]], projection: ["n": 1, "_id": 0])
        #expect(after == ["n": 7])
        #expect(try things.findAndUpdate(["_id": 3], ["$inc": ["n": 1]]) == nil)
        #expect(try things.findAndUpdate(["_id": 3], ["$inc": ["n": 1]], upsert: true, returning: .before) == nil)
        #expect(try things.findOne(["_id": 3]) == ["_id": 3, "n": 1])
    }

    @Test func `a duplicate names the index and quotes nothing`() throws {
        try things.createIndexes([MongoIndex(name: "byLogin", keys: ["login": 1], unique: true)])
        try things.insert(["_id": 1, "login": "index: x dup key"])
        #expect(throws: MongoError.duplicateKey(index: "_id_")) { try things.insert(["_id": 1]) }
        #expect(throws: MongoError.duplicateKey(index: "byLogin")) {
            try things.insert(["_id": 2, "login": "index: x dup key"])
        }
        try things.insert(["_id": 3, "login": "b"])
        #expect(throws: MongoError.duplicateKey(index: "byLogin")) {
            try things.update(["_id": 3], ["$set": ["login": "index: x dup key"]])
        }
        #expect(throws: MongoError.duplicateKey(index: "byLogin")) {
            try things.findAndUpdate(["_id": 3], ["$set": ["login": "index: x dup key"]])
        }
    }

    @Test func `indexes are made once, with their conditions`() throws {
        let indexes = [
            MongoIndex(name: "lapse", keys: ["at": 1], expireAfterSeconds: 60),
            MongoIndex(name: "some", keys: ["a": 1], unique: true, partialFilter: ["a": ["$exists": true]]),
        ]
        try things.createIndexes(indexes)
        try things.createIndexes(indexes)
        try things.insertMany([["b": 1], ["b": 1]])
        let names = try scratch.client.run(["listIndexes": "things"], on: scratch.database)["cursor"]?.document?[
            "firstBatch"]?.array?.compactMap { $0.document?["name"]?.string }
        #expect(names == ["_id_", "lapse", "some"])
    }

    @Test func `aggregate runs a pipeline`() throws {
        try things.insertMany((1...4).map { ["_id": .integer($0)] })
        let sum = try things.aggregate([
            ["$match": ["_id": ["$lte": 3]]], ["$group": ["_id": .null, "sum": ["$sum": "$_id"]]],
        ])
        #expect(sum == [["_id": .null, "sum": 6]])
    }

    @Test(arguments: [ReadConcern.local, .majority, .linearizable])
    func `each read concern reads what was acknowledged`(_ concern: ReadConcern) throws {
        try things.insert(["_id": 1])
        #expect(try things.findOne(["_id": 1], readConcern: concern) == ["_id": 1])
    }

    @Test func `writes ask for a majority and the journal`() throws {
        try scratch.client.run(["profile": 2], on: scratch.database)
        try things.insert(["_id": 1])
        try things.update(["_id": 1], ["$set": ["a": 1]])
        _ = try things.findAndUpdate(["_id": 1], ["$set": ["a": 2]])
        try things.delete(["_id": 1])
        let profile = scratch.client.collection(scratch.database, "system.profile")
        for name in ["insert", "findAndModify"] {
            let command = try profile.findOne(["command.\(name)": "things"])?["command"]?.document
            #expect(command?["writeConcern"]?.document?["w"] == "majority", "\(name)")
            #expect(command?["writeConcern"]?.document?["j"] == true, "\(name)")
        }
    }

    @Test func `the server's own refusals carry its code`() throws {
        try things.insert(["_id": 1, "text": "x"])
        let error = #expect(throws: MongoError.self) { try things.update(["_id": 1], ["$inc": ["text": 1]]) }
        guard case .server(code: 14, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a change without operators is not sent`() throws {
        let error = #expect(throws: MongoError.self) { try things.update(["_id": 1], ["a": 1]) }
        guard case .invalid = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a name with a dollar is data where a value stands`() throws {
        try things.insert(["_id": 1, "name": "$where"])
        #expect(try things.count(["name": ["$eq": "$where"]]) == 1)
    }
}
