import BSON
public import MessageRecords
import MessagesDomain
public import MongoDB
import PlayersRelations
public import Primitives

/// A conversation in its viewer's list.
public struct Overview: Sendable {
    /// The conversation.
    public let conversation: Conversation
    /// As the viewer sees it.
    public let view: ConversationView
    /// Its newest message, hidden ones too; `nil` where nothing was said.
    public let head: StoredMessage?

    /// When something was last said, or the conversation was made.
    public var at: Timestamp { head?.sentAt ?? conversation.createdAt }

    /// Where the list goes on behind this one.
    public var position: [UInt8] {
        let milliseconds = UInt64(bitPattern: at.milliseconds).bigEndian
        return (0..<8).map { UInt8(truncatingIfNeeded: milliseconds >> (8 * UInt64($0))) } + conversation.id.bytes
    }
}

extension Messages {
    /// The viewer's conversations, the one where something was said last first.
    public func overviews(of viewer: UniqueID, at now: Timestamp) throws(MongoError) -> [Overview] {
        let communities = try relations.communities(of: viewer, at: now).map { Target.community($0).conversationID }
        let own: [BSONValue] = [["members": .id(viewer)], ["_id": ["$in": .array(communities.map(BSONValue.id))]]]
        let blocked = try relations.blocked(viewer)
        var overviews: [Overview] = []
        for conversation in try conversations.find(["$or": .array(own)]).compactMap(Conversation.init) {
            let view = view(remember(conversation), viewer, blocked)
            overviews.append(Overview(conversation: conversation, view: view, head: try last(view)))
        }
        return overviews.sorted { ($1.at, $1.conversation.id) < ($0.at, $0.conversation.id) }
    }

    /// The newest message that the viewer has not hidden.
    public func newest(_ overview: Overview) throws(MongoError) -> StoredMessage? {
        guard let head = overview.head else { return nil }
        let seq = head.place.seq
        guard try hiddenNumbers(overview.view, in: seq...seq).isEmpty else {
            return try history(overview.view, .init(before: seq, limit: 1)).last
        }
        return head
    }

    private func view(
        _ conversation: Conversation, _ viewer: UniqueID, _ blocked: [UniqueID: Timestamp?]
    ) -> ConversationView {
        guard let other = conversation.other(than: viewer) else {
            return ConversationView(conversation, viewer, without: Array(blocked.keys))
        }
        return ConversationView(conversation, viewer, until: blocked[other] ?? nil)
    }
}
