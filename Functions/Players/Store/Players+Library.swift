import BSON
public import MongoDB
public import PlayersDomain
public import Primitives
public import Runtime

extension Players {
    /// How many games a library can hold.
    public static let largestLibrary = 500

    /// What came of putting a game into a library.
    public enum LibraryOutcome: Sendable {
        /// It is in it.
        case put
        /// The library is full.
        case full
        /// The catalogue has the game no longer.
        case gone
    }

    /// Puts a game into a library, or in the place of the same game.
    ///
    /// Looks afterwards whether the catalogue still has a game that is new here: its removal looks into the libraries
    /// after it was announced, so that one of the two sees the other.
    public func put(_ entry: LibraryEntry, of account: UniqueID) throws -> LibraryOutcome {
        var isNew = false
        let isPut = try change(account) { player in
            let others = player.library.filter { $0.gameID != entry.gameID }
            guard others.count < Self.largestLibrary else { return false }
            isNew = others.count == player.library.count
            player.library = (others + [entry]).sorted { $0.gameID.text < $1.gameID.text }
            return true
        }
        guard isPut else { return .full }
        if isNew, try catalogue.game(entry.gameID) == nil {
            try remove(entry.gameID, of: account)
            return .gone
        }
        return .put
    }

    /// Makes those entries a library, in the place of what was in it; false where they are too many.
    public func replaceLibrary(of account: UniqueID, with entries: [LibraryEntry]) throws -> Bool {
        guard entries.count <= Self.largestLibrary else { return false }
        try change(account) { player in player.library = entries.sorted { $0.gameID.text < $1.gameID.text } }
        return true
    }

    /// Takes a game out of a library; does nothing where it is not there.
    public func remove(_ game: GameID, of account: UniqueID) throws {
        guard try player(account).library.contains(where: { $0.gameID == game }) else { return }
        try change(account) { player in player.library.removeAll { $0.gameID == game } }
    }

    /// Takes a game out of the catalogue; false where a library has it, or another removal is under way.
    public func removeFromCatalogue(_ game: GameID, _ context: Context) throws(MongoError) -> Bool {
        let token = UniqueID(at: context.now, random: context.random)
        guard try catalogue.announceRemoval(of: game, token) else { return true }
        guard try !isPlayed(game) else {
            try catalogue.takeBackRemoval(of: game, token)
            return false
        }
        return try catalogue.remove(game, token)
    }

    /// Whether any library has the game.
    private func isPlayed(_ game: GameID) throws(MongoError) -> Bool {
        try players.findOne(["library.gameId": .string(game.text)], projection: ["_id": 1]) != nil
    }
}
