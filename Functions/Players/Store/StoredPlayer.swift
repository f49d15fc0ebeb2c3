import BSON
import PlayersDomain
public import Primitives

/// A player's document: his library, and his profile once he has one, what is secret in it still encrypted.
public struct StoredPlayer: Sendable {
    /// The account that it belongs to.
    public let accountID: UniqueID
    /// Counts the changes, from 1; 0 where nothing is stored yet.
    var version: Int64
    /// The library in the order of the games' ids.
    public internal(set) var library: [LibraryEntry]
    /// The profile's members as they are stored; `nil` before the first one.
    var profile: Document?
    /// When availability or time zone were changed lately.
    var edits: [Timestamp]

    /// Whether there is a profile.
    public var hasProfile: Bool { profile != nil }

    /// A player of whom nothing is stored yet.
    init(new accountID: UniqueID) {
        self.accountID = accountID
        version = 0
        library = []
        edits = []
    }

    init?(_ document: Document) {
        guard let id = document["_id"]?.id, let version = document["version"]?.integer else { return nil }
        accountID = id
        self.version = version
        library = (document["library"]?.array ?? []).compactMap { $0.document.flatMap(LibraryEntry.init) }
        profile = document["profile"]?.document
        edits = (document["edits"]?.array ?? []).compactMap(\.date)
    }

    /// The document as it is stored next, one version on.
    var next: Document {
        var document: Document = [
            "_id": .id(accountID), "version": .int64(version + 1),
            "library": .array(library.map { .document($0.document) }), "edits": .array(edits.map(BSONValue.date)),
        ]
        document["profile"] = profile.map(BSONValue.document)
        return document
    }

    /// Whether both have a game in their libraries.
    public func sharesGame(with other: StoredPlayer) -> Bool {
        !Set(library.map(\.gameID)).isDisjoint(with: other.library.map(\.gameID))
    }

    /// Whether nobody may see the player.
    public var isHidden: Bool { profile?["visibility"]?.string == "hidden" }

    /// The name shown to others; `nil` without a profile.
    public var displayName: String? { profile?["displayName"]?.string }

    /// When the player comes of age; `nil` without a profile.
    public var adultFrom: Timestamp? { profile?["adultFrom"]?.date }
}
