import BSON
import FieldEncryption
import MessageRecords
public import MongoDB
import PlayersRelations
public import Primitives
import Runtime

extension Messages {
    /// Makes the conversation of a target, or finds the one that another call has just made.
    func makeConversation(_ target: Target, _ context: Context) throws -> Conversation {
        let made = try sealer.newConversation(
            target.conversationID, target.kind, at: context.now, random: context.random)
        do throws(MongoError) {
            try conversations.insert(made.document)
            return remember(made)
        } catch .duplicateKey {
            guard let found = try conversation(made.id) else {
                throw MongoError.conflict("a conversation came and went")
            }
            return found
        }
    }

    /// The conversation as `viewer` sees it; `nil` where there is none for him.
    public func view(_ id: UniqueID, by viewer: UniqueID, at now: Timestamp) throws(MongoError) -> ConversationView? {
        guard let conversation = try conversation(id) else { return try emptyCommunity(id, viewer, now) }
        switch conversation.kind {
        case .direct(let members):
            guard members.contains(viewer), let other = conversation.other(than: viewer) else { return nil }
            guard case .blocked(let since) = try relations.tie(viewer, other) else {
                return ConversationView(conversation, viewer)
            }
            return ConversationView(conversation, viewer, until: since)
        case .community(let gameID, let ageGroup):
            guard try relations.community(of: gameID, for: viewer, at: now)?.ageGroup.rawValue == ageGroup else {
                return nil
            }
            return ConversationView(conversation, viewer, without: Array(try relations.blocked(viewer).keys))
        }
    }

    /// A community of the viewer's in which nothing was said yet.
    private func emptyCommunity(
        _ id: UniqueID, _ viewer: UniqueID, _ now: Timestamp
    ) throws(MongoError) -> ConversationView? {
        let own = try relations.communities(of: viewer, at: now)
        return own.contains { Target.community($0).conversationID == id }
            ? ConversationView(emptyCommunity: id, viewer) : nil
    }
}

extension Messages {
    /// A community's conversation with all that is said there, for an admin; `nil` where there is none of that id.
    public func community(_ id: UniqueID, seenBy admin: UniqueID) throws(MongoError) -> ConversationView? {
        guard let conversation = try conversation(id), case .community = conversation.kind else { return nil }
        return ConversationView(conversation, admin)
    }
}
