/// A collection of documents, reached through its client.
public struct MongoCollection {
    let client: MongoClient
    /// The database's name.
    public let database: String
    /// The collection's name.
    public let name: String

    var target: MongoClient.Target {
        MongoClient.Target(database: database, collection: name)
    }
}
