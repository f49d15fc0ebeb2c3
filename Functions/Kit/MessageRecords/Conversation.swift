public import BSON
public import Primitives

/// A conversation as it is stored; it never changes once it is there.
public struct Conversation: Hashable, Sendable {
    /// Its id.
    public let id: UniqueID
    /// Who takes part.
    public let kind: Kind
    /// The data key that its texts are encrypted under.
    public let keyID: UniqueID
    /// The key of its messages' keyed hashes, encrypted.
    let repeatKey: BSONValue
    /// When it was made.
    public let createdAt: Timestamp

    /// Who takes part in a conversation.
    public enum Kind: Hashable, Sendable {
        /// Two accounts, in the order of their ids.
        case direct([UniqueID])
        /// All of an age group who have the game in their library.
        case community(gameID: String, ageGroup: String)
    }

    /// Takes everything as it is; `repeatKey` as `MessageSealer` made it.
    public init(id: UniqueID, kind: Kind, keyID: UniqueID, repeatKey: BSONValue, createdAt: Timestamp) {
        self.id = id
        self.kind = kind
        self.keyID = keyID
        self.repeatKey = repeatKey
        self.createdAt = createdAt
    }

    /// The name of its data key in the vault.
    public static func keyName(of id: UniqueID) -> String {
        "conversation:" + id.description
    }

    /// The other one of two; `nil` in a community.
    public func other(than account: UniqueID) -> UniqueID? {
        guard case .direct(let members) = kind else { return nil }
        return members.first { $0 != account }
    }

    /// Whether an account is one of two who talk; false in a community.
    public func isBetween(_ account: UniqueID) -> Bool {
        guard case .direct(let members) = kind else { return false }
        return members.contains(account)
    }
}

extension Conversation {
    /// Reads a stored document; `nil` for anything else.
    public init?(_ document: Document) {
        guard let id = document["_id"]?.id, let keyID = document["keyId"]?.id, let kind = Kind(document),
            let repeatKey = document["repeatKey"], let createdAt = document["createdAt"]?.date
        else { return nil }
        self.init(id: id, kind: kind, keyID: keyID, repeatKey: repeatKey, createdAt: createdAt)
    }

    /// The document that is stored.
    public var document: Document {
        var document: Document = ["_id": .id(id)]
        switch kind {
        case .direct(let members):
            document.append("kind", "direct")
            document.append("members", .array(members.map(BSONValue.id)))
        case .community(let gameID, let ageGroup):
            document.append("kind", "community")
            document.append("gameId", .string(gameID))
            document.append("ageGroup", .string(ageGroup))
        }
        document.append("keyId", .id(keyID))
        document.append("repeatKey", repeatKey)
        document.append("createdAt", .date(createdAt))
        return document
    }
}

extension Conversation.Kind {
    fileprivate init?(_ document: Document) {
        if let gameID = document["gameId"]?.string, let ageGroup = document["ageGroup"]?.string {
            self = .community(gameID: gameID, ageGroup: ageGroup)
        } else {
            let members = (document["members"]?.array ?? []).compactMap(\.id)
            guard members.count == 2 else { return nil }
            self = .direct(members)
        }
    }
}
