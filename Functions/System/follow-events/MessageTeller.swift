import BSON
import Events
import Installation
import MongoDB
import Notifications
import Primitives
import Runtime

/// Sees that owners have one unread notification for each conversation with messages that they have not read.
///
/// It goes by the changes since its last turn, whose position it keeps in the store, so that a send writes nothing else
/// and nothing is forgotten; what it does twice comes to the same.
final class MessageTeller {
    private static let mark: Document = ["_id": "message-notifications"]

    private let installation: Installation
    private let notifications: Notifications
    private let marks: MongoCollection
    private let readMarkers: MongoCollection
    private var stream: EventStream?
    /// The position that was stored last, and when; without changes it need not be stored at each turn.
    private var kept: EventPosition?
    private var keptAt = Timestamp(milliseconds: 0)
    private static let keptFor: Duration = .seconds(60)

    init(_ installation: Installation) {
        self.installation = installation
        notifications = Notifications(installation)
        marks = installation.collection("marks")
        readMarkers = installation.collection("readMarkers")
    }

    /// Tells what has come up since the last turn; gives how many changes there were.
    func tell(_ context: Context) throws(MongoError) -> Int {
        do throws(MongoError) {
            let stream = try resumed()
            let changes = try stream.next(waiting: 1)
            try handle(changes, context)
            if !changes.isEmpty || keptAt.adding(Self.keptFor) < context.now { try keep(stream.position, context) }
            self.stream = stream
            return changes.count
        } catch {
            stream = nil
            guard ChangeStream.isLost(error) else { throw error }
            try keep(EventClock.now(installation), context)
            context.log.write(.error, "notifications.lost")
            return 0
        }
    }

    /// The stream goes on where no other process has been further meanwhile.
    private func resumed() throws(MongoError) -> EventStream {
        let stored = try marks.findOne(Self.mark)?["position"]?.string.flatMap(EventPosition.init(parsing:))
        if let stream, let stored, stored == kept { return stream }
        kept = stored
        keptAt = Timestamp(milliseconds: 0)
        guard let stored else { return try EventStream(installation, after: EventClock.now(installation)) }
        return try EventStream(installation, after: stored)
    }

    private func keep(_ position: EventPosition, _ context: Context) throws(MongoError) {
        try marks.update(Self.mark, ["$set": ["position": .string(position.description)]], upsert: true)
        kept = position
        keptAt = context.now
    }

    private func handle(_ changes: [EventStream.Change], _ context: Context) throws(MongoError) {
        var latest: [Document: EventStream.Change] = [:]
        for change in changes where change.collection == "messages" && change.operation == "insert" {
            if let recipient = change.field("recipient")?.id, let conversation = change.conversation {
                latest[["account": .id(recipient), "conversation": conversation]] = change
            }
        }
        for (key, change) in latest { try tell(of: change, key, context) }
        for change in changes where change.collection == "readMarkers" {
            guard let reader = change.id?.document?["account"]?.id, let conversation = change.conversation?.id,
                let seq = change.field("readUpTo")?.integer
            else { continue }
            try notifications.settle(reader, conversation: conversation, readUpTo: seq)
        }
    }

    private func tell(of change: EventStream.Change, _ key: Document, _ context: Context) throws(MongoError) {
        guard let recipient = change.field("recipient")?.id, let conversation = change.conversation,
            let sender = change.field("sender"), let seq = change.id?.document?["seq"]?.integer
        else { return }
        let read = try readMarkers.findOne(["_id": .document(key)])?["readUpTo"]?.integer ?? 0
        guard read < seq else { return }
        let told = Notification(
            .message, to: recipient, ["conversationId": conversation, "from": sender, "seq": .int64(seq)],
            at: context.now, random: context.random)
        try notifications.tell(told, seq: seq)
    }
}

extension EventStream.Change {
    fileprivate var conversation: BSONValue? { id?.document?["conversation"] }
}
