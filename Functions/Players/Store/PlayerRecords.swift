import BSON
public import Installation
public import MongoDB
import PlayersDomain
public import Primitives

/// All that this pack stores about one account: for its export and its erasure, which are no business of a player's.
public struct PlayerRecords {
    private let players: MongoCollection
    private let relations: MongoCollection
    private let sealer: ProfileSealer

    /// The records of an installation.
    public init(_ installation: Installation) {
        players = installation.collection("players")
        relations = installation.collection("relations")
        sealer = ProfileSealer(encryption: installation.encryption)
    }

    /// Removes them, in the transaction that removes the account.
    public func remove(_ account: UniqueID, _ session: MongoSession) throws(MongoError) {
        try players.delete(["_id": .id(account)], session: session)
        try relations.deleteMany(["players": .id(account)], session: session)
    }

    /// The profile in the clear, `nil` before the first, and the library.
    public func read(
        _ account: UniqueID, key: UniqueID, at now: Timestamp
    ) throws -> (profile: Profile?, library: [LibraryEntry]) {
        guard let player = try players.findOne(["_id": .id(account)]).flatMap(StoredPlayer.init) else {
            return (nil, [])
        }
        let profile = try player.profile.map { try sealer.open($0, of: account, key: key, at: now) }
        return (profile, player.library)
    }

    /// What lies between the account and other players.
    public func relations(of account: UniqueID) throws(MongoError) -> [Relation] {
        try Relations(relations: relations).all(of: account)
    }
}
