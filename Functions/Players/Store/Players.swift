public import AccountsAccess
import BSON
public import Installation
public import MongoDB
public import PlayersDomain
public import Primitives
public import Runtime

/// The players: profiles and libraries, one document for each account.
public final class Players {
    /// What it is built on.
    public let installation: Installation
    /// Knows the accounts that players are.
    public let access: Access
    /// Knows when clocks change.
    public let zones: any ZoneSource
    /// The games that libraries name.
    public let catalogue: Catalogue
    /// What lies between players.
    public let relations: Relations
    /// The pictures that players have sent.
    public let avatars: Avatars
    /// What players have reported about each other.
    public let reports: Reports
    let players: MongoCollection
    let sealer: ProfileSealer
    private var isPrepared = false
    private static let mostTries = 20

    /// Prepares the collections; nothing is sent to the database yet.
    public init(_ installation: Installation, _ access: Access, zones: some ZoneSource) {
        self.installation = installation
        self.access = access
        self.zones = zones
        players = installation.collection("players")
        catalogue = Catalogue(installation.client)
        relations = Relations(relations: installation.collection("relations"))
        avatars = Avatars(installation)
        reports = Reports(installation)
        sealer = ProfileSealer(encryption: installation.encryption)
    }

    /// Keeps every wait within the call's deadline, and makes indexes and catalogue in this process's first call.
    public func begin(_ context: Context) throws(MongoError) {
        installation.begin(context)
        guard !isPrepared else { return }
        try prepare()
        isPrepared = true
    }

    /// Makes indexes and the starting catalogue where they are missing.
    public func prepare() throws(MongoError) {
        for (name, indexes) in PlayerIndexes.all { try installation.collection(name).createIndexes(indexes) }
        try catalogue.importStart()
    }

    /// The player of that account; a new one without profile and games where nothing is stored.
    public func player(_ id: UniqueID) throws(MongoError) -> StoredPlayer {
        try players.findOne(["_id": .id(id)]).flatMap(StoredPlayer.init) ?? StoredPlayer(new: id)
    }

    /// Changes a player by `body`, which runs again where another change came between.
    func change<Result>(_ id: UniqueID, _ body: (inout StoredPlayer) throws -> Result) throws -> Result {
        try change(id, body) { player in try write(player) }
    }

    /// The same, with `store` writing the changed player; it gives false where another change came between.
    func change<Result>(
        _ id: UniqueID, _ body: (inout StoredPlayer) throws -> Result, store: (StoredPlayer) throws -> Bool
    ) throws -> Result {
        for _ in 0..<Self.mostTries {
            var player = try player(id)
            let result = try body(&player)
            if try store(player) { return result }
        }
        throw MongoError.conflict("a player's document changes all the time")
    }

    /// False where the stored document is not the one that `player` was read from.
    func write(_ player: StoredPlayer, session: MongoSession? = nil) throws(MongoError) -> Bool {
        guard player.version > 0 else {
            do throws(MongoError) {
                try players.insert(player.next)
                return true
            } catch .duplicateKey {
                return false
            }
        }
        let condition: Document = ["_id": .id(player.accountID), "version": .int64(player.version)]
        return try players.replace(condition, with: player.next, session: session).matched > 0
    }
}
