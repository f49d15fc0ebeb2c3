import BSON
public import Installation
public import MongoDB
public import Primitives

/// What owners of accounts are told, kept for 90 days.
public struct Notifications {
    /// The collection's name.
    public static let collection = "notifications"

    /// The collection's indexes.
    public static let indexes = [
        MongoIndex(name: "account", keys: ["account": 1, "_id": -1]),
        MongoIndex(name: "unread", keys: ["account": 1, "_id": 1], partialFilter: ["read": false]),
        MongoIndex(
            name: "one-each-conversation", keys: ["account": 1, "data.conversationId": 1], unique: true,
            partialFilter: ["type": "message", "read": false]),
        MongoIndex(
            name: "lapse", keys: ["at": 1], expireAfterSeconds: Int(Notification.life.components.seconds)),
    ]

    let notifications: MongoCollection
    private static let mostExported = 10_000

    /// The installation's notifications.
    public init(_ installation: Installation) {
        notifications = installation.collection(Self.collection)
    }

    /// Tells something, in the transaction of what it tells.
    public func add(_ told: [Notification], _ session: MongoSession) throws(MongoError) {
        try notifications.insertMany(told.map(\.document), session: session)
    }

    /// An account's notifications, newest first, those older than `after`; at most `limit`.
    public func list(
        of account: UniqueID, after: UniqueID?, limit: Int
    ) throws(MongoError) -> [Notification] {
        var filter: Document = ["account": .id(account)]
        if let after { filter.append("_id", ["$lt": .id(after)]) }
        return try notifications.find(filter, sort: ["_id": -1], limit: limit, readConcern: .majority)
            .compactMap(Notification.init)
    }

    /// How many of an account's notifications nobody has read.
    public func unread(of account: UniqueID) throws(MongoError) -> Int {
        try notifications.count(["account": .id(account), "read": false], readConcern: .majority)
    }

    /// Marks an account's notifications as read, up to one of them and that one too; 404 is the caller's: false where
    /// the account has none of that id.
    public func markRead(of account: UniqueID, upTo last: UniqueID) throws(MongoError) -> Bool {
        guard try notifications.findOne(["_id": .id(last), "account": .id(account)]) != nil else { return false }
        try notifications.updateMany(
            ["account": .id(account), "read": false, "_id": ["$lte": .id(last)]], ["$set": ["read": true]])
        return true
    }

    /// All of an account's notifications, oldest first, for its export.
    public func all(of account: UniqueID) throws(MongoError) -> [Notification] {
        try notifications.find(["account": .id(account)], sort: ["_id": 1], limit: Self.mostExported)
            .compactMap(Notification.init)
    }

    /// Removes an account's notifications in the transaction that removes the account.
    public func remove(_ account: UniqueID, _ session: MongoSession) throws(MongoError) {
        try notifications.deleteMany(["account": .id(account)], session: session)
    }
}
