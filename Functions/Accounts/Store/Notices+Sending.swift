public import BSON
public import MongoDB
public import Primitives

/// A notice that one worker has taken to send.
public struct DueNotice: Sendable {
    /// The notice's id.
    public let id: UniqueID
    /// What is told.
    public let kind: Notices.Kind
    /// When it came up.
    public let at: Timestamp
    /// The account that it is about.
    public let accountID: UniqueID?
    /// What else it says.
    public let data: Document
    /// Which attempt this is, from 1.
    public let attempt: Int64
    /// Where it has gone already.
    public let delivered: Set<Notices.Channel>
    let lease: UniqueID
}

extension DueNotice {
    init?(_ document: Document) {
        guard let id = document["_id"]?.id, let at = document["at"]?.date, let lease = document["lease"]?.id,
            let kind = document["type"]?.string.flatMap(Notices.Kind.init(rawValue:))
        else { return nil }
        self.id = id
        self.at = at
        self.lease = lease
        self.kind = kind
        accountID = document["accountId"]?.id
        data = document["data"]?.document ?? [:]
        attempt = document["attempts"]?.integer ?? 1
        let channels = document["delivered"]?.array ?? []
        delivered = Set(channels.compactMap { $0.string.flatMap(Notices.Channel.init(rawValue:)) })
    }

    /// The notice while this worker has it.
    fileprivate var held: Document {
        ["_id": .id(id), "lease": .id(lease), "doneAt": .null]
    }
}

extension Notices {
    /// A way to send notices.
    public enum Channel: String, CaseIterable, Sendable {
        /// An HTTP request to the operator.
        case webhook
        /// A mail to the account's owner.
        case mail
    }

    /// For how long a worker has a notice to itself.
    static let lease: Duration = .seconds(120)

    /// Takes one due notice for this worker; `nil` where there is none.
    public func take(at now: Timestamp) throws(MongoError) -> DueNotice? {
        let due: Document = ["doneAt": .null, "nextAt": ["$lte": .date(now)]]
        let taken: Document = [
            "$set": [
                "lease": .id(UniqueID(at: now, random: random)), "nextAt": .date(now.adding(Self.lease)),
            ],
            "$inc": ["attempts": 1],
        ]
        return try collection.findAndUpdate(due, taken, sort: ["doneAt": 1, "nextAt": 1]).flatMap(DueNotice.init)
    }

    /// Notes that a notice has gone one way, which is not tried again.
    public func note(_ notice: DueNotice, deliveredBy channel: Channel) throws(MongoError) {
        let change: Document = ["$addToSet": ["delivered": .string(channel.rawValue)]]
        try collection.update(["_id": .id(notice.id)], change)
    }

    /// Ends a notice that has gone every way, but for those given up.
    public func finish(_ notice: DueNotice, givingUp channels: [Channel] = [], at now: Timestamp) throws(MongoError) {
        var set: Document = ["doneAt": .date(now)]
        if !channels.isEmpty { set.append("givenUp", .array(channels.map { .string($0.rawValue) })) }
        try collection.update(notice.held, ["$set": .document(set)])
    }

    /// Leaves a notice for another attempt at `next`.
    public func putOff(_ notice: DueNotice, until next: Timestamp) throws(MongoError) {
        try collection.update(notice.held, ["$set": ["nextAt": .date(next)]])
    }
}
