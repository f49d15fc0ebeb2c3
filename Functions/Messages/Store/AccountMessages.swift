import BSON
public import Installation
import MessageRecords
public import MongoDB
public import Primitives

/// All that this pack stores about one account: for its erasure and its export, which are no business of a talker's.
public struct AccountMessages {
    private static let batch = 500
    /// How long after an erasure its last message may still come in, from a call that was under way.
    private static let settling: Duration = .seconds(60)

    let installation: Installation
    let messages: MongoCollection
    let markers: MongoCollection
    let hidden: MongoCollection
    private let erasures: MongoCollection

    /// The records of an installation.
    public init(_ installation: Installation) {
        self.installation = installation
        messages = installation.collection("messages")
        markers = installation.collection("readMarkers")
        hidden = installation.collection("hidden")
        erasures = installation.collection("messageErasures")
    }

    /// Removes what is the account's alone, in the transaction that removes the account, and notes that its messages
    /// are to be buried; from then on they are shown as deleted.
    public func remove(_ account: UniqueID, at now: Timestamp, _ session: MongoSession) throws(MongoError) {
        let own = Self.own(account)
        try markers.deleteMany(own, session: session)
        try hidden.deleteMany(own, session: session)
        try installation.collection("sendRates").deleteMany(
            ["_id": ["$in": .array(SendBrake.Kind.allCases.map { SendBrake.id(account, $0) })]], session: session)
        try erasures.update(["_id": .id(account)], ["$set": ["at": .date(now)]], upsert: true, session: session)
    }

    /// Makes tombstones of all messages that the account sent, some at a time; what is left when it is broken off is
    /// done by ``finish(at:)``.
    public func bury(_ account: UniqueID, at now: Timestamp) throws(MongoError) {
        var last: BSONValue = .minKey
        while true {
            let sent = try messages.find(
                ["sender": .id(account), "clientMessageId": ["$gt": last]], sort: ["clientMessageId": 1],
                limit: Self.batch, projection: ["clientMessageId": 1])
            guard let end = sent.last?["clientMessageId"] else { return }
            let these: Document = ["_id": ["$in": .array(sent.compactMap { $0["_id"] })]]
            try messages.updateMany(
                these.merging(["deletedAt": ["$exists": false]]), ["$set": ["deletedAt": .date(now)]])
            try messages.updateMany(these, ["$unset": ["body": true, "repeat": true]])
            last = end
        }
    }

    /// Goes on with what erasures have left, and forgets those that are through.
    public func finish(at now: Timestamp) throws {
        for erasure in try erasures.find([:], limit: 100) {
            guard let account = erasure["_id"]?.id, let at = erasure["at"]?.date, now > at.adding(Self.settling) else {
                continue
            }
            try bury(account, at: at)
            try removeDeserted(by: account)
            try erasures.delete(["_id": .id(account), "at": .date(at)])
        }
    }

    /// What finds documents whose `_id` begins with the account.
    static func own(_ account: UniqueID) -> Document {
        ["_id": ["$gte": ["account": .id(account)], "$lt": ["account": .id(account), "conversation": .maxKey]]]
    }
}
