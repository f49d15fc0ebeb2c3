import BSON
import Events
import Installation
import MongoDB
import Primitives

/// The changes that events are made of, each with its position, read on from a position.
final class EventStream {
    /// A change and where it stands.
    struct Change {
        let position: EventPosition
        let document: Document

        /// The collection that was changed.
        var collection: String { document["ns"]?.document?["coll"]?.string ?? "" }
        /// What was done: insert, update, replace or delete.
        var operation: String { document["operationType"]?.string ?? "" }
        /// The changed document's `_id`.
        var id: BSONValue? { document["documentKey"]?.document?["_id"] }
        /// A member of the document as it is now; `nil` where it is gone.
        func field(_ name: String) -> BSONValue? { document["fullDocument"]?.document?[name] }
    }

    private let changes: ChangeStream
    private let start: EventPosition
    private var latest: EventPosition
    /// Everything up to here has been read.
    private(set) var position: EventPosition

    /// Begins behind a position; throws what `ChangeStream.isLost` knows where its time is not kept any more.
    init(_ installation: Installation, after start: EventPosition) throws(MongoError) {
        changes = try ChangeStream(
            installation.client, of: Installation.database, from: start.time, stages: Self.stages)
        self.start = start
        position = start
        latest = EventPosition(seconds: start.seconds, increment: start.increment, index: 0)
    }

    /// The next changes; none where none came within `milliseconds`.
    func next(waiting milliseconds: Int) throws(MongoError) -> [Change] {
        let batch = try changes.next(waiting: milliseconds)
        var found: [Change] = []
        for document in batch.changes {
            guard let time = document["clusterTime"].flatMap(EventPosition.init(startOf:)) else { continue }
            latest = time.time == latest.time ? latest.next : time.next
            if latest > start { found.append(Change(position: latest, document: document)) }
        }
        let end = batch.end.flatMap(EventPosition.init(startOf:)) ?? latest
        position = max(position, latest, end)
        return found
    }

    /// What counts is chosen by what the change itself holds, never by the document as it is now, so that every reader
    /// numbers the same changes.
    private static let stages: [Document] = [
        ["$match": ["$or": .array(wanted.map(BSONValue.document))]],
        [
            "$project": [
                "operationType": 1, "clusterTime": 1, "ns": 1, "documentKey": 1, "fullDocument.messageId": 1,
                "fullDocument.sender": 1, "fullDocument.recipient": 1, "fullDocument.community": 1,
                "fullDocument.account": 1, "fullDocument.other": 1, "fullDocument.readUpTo": 1,
            ]
        ],
    ]

    private static let wanted: [Document] = [
        ["ns.coll": "messages", "operationType": "insert"],
        ["ns.coll": "messages", "updateDescription.updatedFields.deletedAt": ["$exists": true]],
        ["ns.coll": "readMarkers", "operationType": ["$in": ["insert", "update", "replace"]]],
        ["ns.coll": "notifications", "operationType": "insert"],
        ["ns.coll": "sessions", "operationType": "delete"],
        ["ns.coll": "sessions", "updateDescription.updatedFields.revokedAt": ["$exists": true]],
        ["ns.coll": "players", "operationType": ["$in": ["insert", "update", "replace", "delete"]]],
    ]
}

extension EventPosition {
    /// The position of the next event of the same time.
    fileprivate var next: EventPosition {
        EventPosition(seconds: seconds, increment: increment, index: index + 1)
    }
}
