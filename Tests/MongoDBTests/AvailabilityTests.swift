import BSON
import FieldEncryption
import Foundation
import MongoDB
import TestMongo
import Testing

@Suite struct AvailabilityTests {
    private func isUnavailable(_ body: () throws -> Void) -> Bool {
        do {
            try body()
        } catch MongoError.unavailable {
            return true
        } catch {
            Issue.record("\(error)")
        }
        return false
    }

    @Test func `a server that is killed and comes back is used again by the same client`() throws {
        let server = try MongoServer()
        defer { server.end() }
        let client = try server.client()
        let things = client.collection("t", "things")
        let encryption = try EncryptionFixture(client: client)
        try things.insert(["_id": 1])
        server.kill()

        #expect(isUnavailable { try things.insert(["_id": 2]) })
        #expect(isUnavailable { _ = try things.findOne([:]) })
        #expect(
            isUnavailable {
                try client.withTransaction { (session) throws(MongoError) in
                    try things.insert(["_id": 3], session: session)
                }
            })
        #expect(throws: (any Error).self) { try encryption.fields.createDataKey(altName: "x") }

        try server.start()
        try server.patiently { try things.update(["_id": 1], ["$set": ["back": true]]) }
        #expect(try things.findOne(["_id": 1]) == ["_id": 1, "back": true])
        try encryption.expectRoundTrip()
    }

    @Test func `a server killed during a transaction leaves nothing of it`() throws {
        let server = try MongoServer()
        defer { server.end() }
        let client = try server.client()
        let things = client.collection("t", "things")
        try things.insert(["_id": 1])
        var attempts = 0
        #expect(
            isUnavailable {
                try client.withTransaction { (session) throws(MongoError) in
                    attempts += 1
                    try things.insert(["_id": 2], session: session)
                    if attempts == 1 { server.kill() }
                    try things.insert(["_id": 3], session: session)
                }
            })
        try server.start()
        try server.patiently { try things.update(["_id": 1], ["$set": ["back": true]]) }
        #expect(try things.count() == 1)
    }

    @Test func `a read that takes too long is given up at the limit`() throws {
        let client = try MongoServer.shared.get().client()
        let things = client.collection("t" + UUID().uuidString, "things")
        try things.insert(["_id": 1])
        let slow = "function() { sleep(5000); return true }"
        let filter: Document = ["$expr": ["$function": ["body": .string(slow), "args": [], "lang": "js"]]]
        client.limit(milliseconds: 300)
        #expect(throws: MongoError.deadline) { try things.findOne(filter) }
        #expect(throws: MongoError.deadline) { try things.findOne([:]) }
        #expect(throws: MongoError.deadline) { try things.insert(["_id": 2]) }
        client.limit(milliseconds: nil)
        #expect(try things.find([:]) == [["_id": 1]])
    }

    @Test func `every kind of call is taken under a limit`() throws {
        let client = try MongoServer.shared.get().client()
        let database = "t" + UUID().uuidString
        let things = client.collection(database, "things")
        client.limit(milliseconds: 20_000)
        try things.createIndexes([MongoIndex(name: "n", keys: ["n": 1])])
        try things.insertMany([["_id": 1], ["_id": 2], ["_id": 3]])
        try things.update(["_id": 1], ["$set": ["n": 1]])
        try things.updateMany([:], ["$set": ["n": 1]])
        try things.replace(["_id": 2], with: ["n": 2])
        #expect(try things.findAndUpdate(["_id": 2], ["$inc": ["n": 1]])?["n"] == 3)
        #expect(try things.delete(["_id": 1]) == 1)
        #expect(try things.deleteMany(["_id": 2]) == 1)
        #expect(try things.count() == 1)
        #expect(try client.run(["count": "things"], on: database)["n"]?.integer == 1)
        try client.withTransaction { (session) throws(MongoError) in
            try things.insert(["_id": 4], session: session)
            try things.update(["_id": 4], ["$set": ["n": 4]], session: session)
            _ = try things.findAndUpdate(["_id": 4], ["$inc": ["n": 1]], session: session)
            try things.delete(["_id": 3], session: session)
        }
        #expect(try things.find([:]) == [["_id": 4, "n": 5]])
    }

    @Test func `a server that hangs is given up, and used again when it goes on`() throws {
        let server = try MongoServer()
        defer { server.end() }
        let client = try MongoClient(uri: server.uri, applicationName: "tests", socketTimeout: 500)
        let things = client.collection("t", "things")
        try things.insert(["_id": 1])
        server.signal(SIGSTOP)
        #expect(isUnavailable { _ = try things.findOne([:]) })
        server.signal(SIGCONT)
        #expect(try server.patiently { try things.findOne([:]) } == ["_id": 1])
    }

    @Test func `a server that gives no sign of life is given up before its answer is late`() throws {
        let server = try MongoServer()
        defer { server.end() }
        let client = try MongoClient(uri: server.uri, applicationName: "tests", socketTimeout: 600_000)
        let things = client.collection("t", "things")
        try things.insert(["_id": 1])
        for isInTransaction in [false, true] {
            server.signal(SIGSTOP)
            #expect(
                isUnavailable {
                    guard isInTransaction else { return try things.insert(["_id": 2]) }
                    try client.withTransaction { (session) throws(MongoError) in
                        try things.insert(["_id": 3], session: session)
                    }
                })
            server.signal(SIGCONT)
            #expect(try server.patiently { try things.findOne(["_id": 1]) } == ["_id": 1])
        }
    }

    @Test func `a server that is busy with an answer is waited for`() throws {
        let client = try MongoServer.shared.get().client()
        let things = client.collection("t" + UUID().uuidString, "things")
        try things.insert(["_id": 1])
        let slow = "function() { sleep(2500); return true }"
        let filter: Document = ["$expr": ["$function": ["body": .string(slow), "args": [], "lang": "js"]]]
        #expect(try things.findOne(filter) == ["_id": 1])
    }

    @Test func `a primary that steps down for a moment is written to again by the same client`() throws {
        let server = try MongoServer()
        defer { server.end() }
        let client = try server.client()
        let things = client.collection("t", "things")
        try things.insert(["_id": 1, "n": 0])
        _ = try? client.run(["replSetStepDown": 1, "force": true], on: "admin")
        #expect(isUnavailable { _ = try client.run(["insert": "things", "documents": [["_id": 2]]], on: "t") })
        try server.patiently { try things.insert(["_id": 3]) }
        #expect(try things.find([:], sort: ["_id": 1]).map { $0["_id"] } == [1, 3])
    }

    @Test func `a write whose connection breaks is sent again, once`() throws {
        let server = try MongoServer(testCommands: true)
        defer { server.end() }
        let client = try server.client()
        let things = client.collection("t", "things")
        try things.insert(["_id": 1, "n": 0])
        for command in ["update", "findAndModify", "find"] {
            try client.run(
                [
                    "configureFailPoint": "failCommand", "mode": ["times": 1],
                    "data": ["failCommands": [.string(command)], "closeConnection": true],
                ], on: "admin")
            switch command {
            case "update": try things.update(["_id": 1], ["$inc": ["n": 1]])
            case "find": _ = try things.findOne(["_id": 1])
            default: _ = try things.findAndUpdate(["_id": 1], ["$inc": ["n": 1]])
            }
        }
        #expect(try things.findOne(["_id": 1])?["n"] == 2)
    }

    @Test(arguments: ["insert", "commitTransaction"])
    func `a transaction whose connection breaks happens once`(_ command: String) throws {
        let server = try MongoServer(testCommands: true)
        defer { server.end() }
        let client = try server.client()
        let things = client.collection("t", "things")
        try things.insert(["_id": 0])
        try client.run(
            [
                "configureFailPoint": "failCommand", "mode": ["times": 1],
                "data": ["failCommands": [.string(command)], "closeConnection": true],
            ], on: "admin")
        try client.withTransaction { (session) throws(MongoError) in
            try things.insert(["_id": 1], session: session)
            try things.update(["_id": 0], ["$inc": ["n": 1]], session: session)
        }
        #expect(try things.find([:], sort: ["_id": 1]) == [["_id": 0, "n": 1], ["_id": 1]])
    }

    @Test(arguments: [
        "mongodb://127.0.0.1:1/", "mongodb://%2Fnowhere%2Fmongodb.sock/?directConnection=true",
        "mongodb://user:secret@127.0.0.1:1/?replicaSet=rs0",
    ])
    func `where nobody listens the store is unavailable`(_ uri: String) throws {
        let client = try MongoClient(uri: uri, applicationName: "tests")
        #expect(isUnavailable { _ = try client.collection("t", "things").findOne([:]) })
    }

    @Test(arguments: ["", "http://secret@host/", "mongodb://user:sec@ret:x@host/", "mongodb://host:notaport/"])
    func `a connection string that makes no sense is refused without being quoted`(_ uri: String) throws {
        let words = "the connection string is not one that the driver takes"
        #expect(throws: MongoError.invalid(words)) { try MongoClient(uri: uri, applicationName: "tests") }
    }

    @Test func `a wrong password is told apart and not repeated`() throws {
        let server = try MongoServer.shared.get()
        let uri = server.uri.replacingOccurrences(of: MongoServer.password, with: "wr0ng-s3cret")
        let client = try MongoClient(uri: uri, applicationName: "tests")
        let error = #expect(throws: MongoError.self) { try client.collection("t", "things").findOne([:]) }
        guard case .unauthenticated(let message) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!message.contains("s3cret"))
    }

    @Test func `a server that has no sessions yet is away until it has some`() throws {
        let server = try MongoServer(initiated: false)
        defer { server.end() }
        let client = try server.stranger()
        try server.patiently { try client.run(["ping": 1], on: "admin") }
        let things = client.collection("t", "things")
        let write = {
            try client.withTransaction { (session) throws(MongoError) in
                try things.insert(["_id": 1], session: session)
            }
        }
        #expect(isUnavailable(write))
        try server.setUp()
        // The server refuses a stranger, which is more than the driver lets happen where it knows of no sessions.
        try server.patiently { do { try write() } catch MongoError.unauthenticated {} }
    }

    @Test(arguments: ["closeConnection", "errorCode"])
    func `a server that goes away while credentials are shown is away`(_ fault: String) throws {
        let server = try MongoServer(testCommands: true)
        defer { server.end() }
        let first = try server.client()
        let value: BSONValue = fault == "errorCode" ? .int32(11600) : true
        try first.run(
            [
                "configureFailPoint": "failCommand", "mode": "alwaysOn",
                "data": ["failCommands": ["saslContinue"], fault: value],
            ], on: "admin")
        let second = try server.client()
        #expect(isUnavailable { _ = try second.collection("t", "things").findOne([:]) })
        try first.run(["configureFailPoint": "failCommand", "mode": "off"], on: "admin")
        #expect(try server.patiently { try second.collection("t", "things").findOne([:]) } == nil)
    }

    @Test func `a server that asks for credentials says so to who has none`() throws {
        let client = try MongoServer.shared.get().stranger()
        let error = #expect(throws: MongoError.self) { try client.collection("t", "things").findOne([:]) }
        guard case .unauthenticated = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `the unix socket serves as well`() throws {
        let server = try MongoServer.shared.get()
        let client = try MongoClient(uri: server.socketURI, applicationName: "tests")
        let things = client.collection("t" + UUID().uuidString, "things")
        try things.insert(["_id": 1])
        #expect(try things.findOne([:]) == ["_id": 1])
    }
}
