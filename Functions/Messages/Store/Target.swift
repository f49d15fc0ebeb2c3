import Cryptography
import MessageRecords
public import PlayersRelations
public import Primitives

/// Between whom a conversation is; its id follows from this, so that there is never more than one.
public enum Target: Hashable, Sendable {
    /// Between two accounts.
    case pair(UniqueID, UniqueID)
    /// In a community.
    case community(Community)

    /// The conversation's id: a UUID of version 7 whose time is the epoch and whose other bits are a hash.
    public var conversationID: UniqueID {
        switch self {
        case .pair(let one, let other): Self.id("direct:", [one, other].sorted().flatMap(\.bytes))
        case .community(let community):
            Self.id("community:", Array("\(community.ageGroup.rawValue):\(community.gameID)".utf8))
        }
    }

    /// What the conversation's document says of it.
    var kind: Conversation.Kind {
        switch self {
        case .pair(let one, let other): .direct([one, other].sorted())
        case .community(let community): .community(gameID: community.gameID, ageGroup: community.ageGroup.rawValue)
        }
    }

    private static func id(_ prefix: String, _ name: [UInt8]) -> UniqueID {
        var bytes = [UInt8](repeating: 0, count: 6) + SHA256.hash(Array(prefix.utf8) + name).prefix(10)
        bytes[6] = 0x70 | (bytes[6] & 0x0f)
        bytes[8] = 0x80 | (bytes[8] & 0x3f)
        return UniqueID(bytes: bytes) ?? .zero
    }
}
