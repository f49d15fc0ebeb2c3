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

    /// The number of the newest message; 0 where there is none.
    public var lastSeq: Int64 { head?.place.seq ?? 0 }

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
        let blocked = try relations.blocked(viewer)
        let found =
            try conversations.find(["members": .id(viewer)]).compactMap(Conversation.init) + stored(communities)
        let heads = try heads(of: found.map(\.id))
        var overviews: [Overview] = []
        for conversation in found {
            let view = view(conversation, viewer, blocked)
            var head = heads[conversation.id]
            if let newest = head, !view.shows(newest) { head = try last(view) }
            overviews.append(Overview(conversation: conversation, view: view, head: head))
        }
        // An overview is large; its place in the order is not.
        let order = overviews.enumerated().map { (at: $1.at, id: $1.conversation.id, index: $0) }
        return order.sorted { ($1.at, $1.id) < ($0.at, $0.id) }.map { overviews[$0.index] }
    }

    /// Those of the conversations that there are; those that this process knows are not asked for.
    private func stored(_ ids: [UniqueID]) throws(MongoError) -> [Conversation] {
        let unknown = ids.filter { known[$0] == nil }
        let kept = ids.compactMap { known[$0] }
        guard !unknown.isEmpty else { return kept }
        let found = try conversations.find(["_id": ["$in": .array(unknown.map(BSONValue.id))]])
        return kept + found.compactMap(Conversation.init).map(remember)
    }

    /// The newest message of each conversation, by one seek for each.
    private func heads(of conversations: [UniqueID]) throws(MongoError) -> [UniqueID: StoredMessage] {
        guard !conversations.isEmpty else { return [:] }
        let found = try messages.aggregate(
            [
                ["$match": ["_id.conversation": ["$in": .array(conversations.map(BSONValue.id))]]],
                ["$sort": ["_id.conversation": 1, "_id.seq": -1]],
                ["$group": ["_id": "$_id.conversation", "head": ["$first": "$$ROOT"]]],
            ], readConcern: .majority)
        let heads = found.compactMap { $0["head"]?.document.flatMap(StoredMessage.init) }
        return Dictionary(heads.map { ($0.place.conversation, $0) }, uniquingKeysWith: { first, _ in first })
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
