import Foundation
import MongoDB
import TestMongo

/// A collection of a test's own on the shared server.
struct Scratch {
    let server: MongoServer
    let client: MongoClient
    let things: MongoCollection
    let database: String

    init() throws {
        server = try MongoServer.shared.get()
        client = try server.client()
        database = "t" + UUID().uuidString.replacingOccurrences(of: "-", with: "")
        things = client.collection(database, "things")
    }
}
