import BSON
public import MongoDB
public import PlayersDomain
public import Primitives

extension Players {
    /// How many games a library can hold.
    public static let largestLibrary = 500

    /// Puts a game into a library, or in the place of the same game; false where the library is full.
    public func put(_ entry: LibraryEntry, of account: UniqueID) throws -> Bool {
        try change(account) { player in
            let others = player.library.filter { $0.gameID != entry.gameID }
            guard others.count < Self.largestLibrary else { return false }
            player.library = (others + [entry]).sorted { $0.gameID.text < $1.gameID.text }
            return true
        }
    }

    /// Takes a game out of a library; does nothing where it is not there.
    public func remove(_ game: GameID, of account: UniqueID) throws {
        guard try player(account).library.contains(where: { $0.gameID == game }) else { return }
        try change(account) { player in player.library.removeAll { $0.gameID == game } }
    }

    /// Whether any library has the game.
    public func isPlayed(_ game: GameID) throws(MongoError) -> Bool {
        try players.findOne(["library.gameId": .string(game.text)], projection: ["_id": 1]) != nil
    }
}
