import BSON
import FieldEncryption
public import Installation
public import MongoDB
import PlayersDomain
public import Primitives

/// All that this pack stores about one account: for its export and its erasure, which are no business of a player's.
public struct PlayerRecords {
    private let players: MongoCollection
    private let relations: MongoCollection
    private let avatars: Avatars
    private let reports: Reports
    private let sealer: ProfileSealer

    /// The records of an installation.
    public init(_ installation: Installation) {
        players = installation.collection("players")
        relations = installation.collection("relations")
        avatars = Avatars(installation)
        reports = Reports(installation)
        sealer = ProfileSealer(encryption: installation.encryption)
    }

    /// Removes them, in the transaction that removes the account.
    public func remove(_ account: UniqueID, _ session: MongoSession) throws(MongoError) {
        try players.delete(["_id": .id(account)], session: session)
        try relations.deleteMany(["players": .id(account)], session: session)
        try avatars.collection.delete(["_id": .id(account)], session: session)
        try reports.remove(account, session)
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

    /// The picture that the account has sent, a PNG; `nil` where there is none.
    public func avatar(_ account: UniqueID, key: UniqueID) throws -> [UInt8]? {
        try avatars.picture(of: account, key: key)
    }

    /// The reports that the account has made, with their reasons in the clear.
    public func reports(by account: UniqueID, key: UniqueID) throws -> [(report: Report, reason: String)] {
        try reports.made(by: account).map { ($0, try reports.reason(of: $0, key: key) ?? "") }
    }

    /// What lies between the account and other players.
    public func relations(of account: UniqueID) throws(MongoError) -> [Relation] {
        try Relations(relations: relations).all(of: account)
    }

    /// The note of a request that the account has sent, in the clear; `nil` where it has none.
    public func note(of request: Relation.Request, key: UniqueID) throws -> String? {
        try request.note.flatMap {
            try sealer.encryption.decrypt($0, at: .note(of: request.id, from: request.from), key: key).string
        }
    }
}
