public import BSON
public import MongoDB
import PlayersDomain
import PlayersStore
public import Primitives

extension PlayerRelations {
    /// How far members are counted.
    public static let mostCounted = 1000

    /// The community of that game that a player belongs to; `nil` where the game is not in his library, or he has no
    /// profile.
    public func community(
        of gameID: String, for player: UniqueID, at now: Timestamp
    ) throws(MongoError) -> Community? {
        guard let game = GameID(parsing: gameID), let adultFrom = try directory.adultFrom(player, playing: game) else {
            return nil
        }
        return Community(gameID: gameID, ageGroup: AgeGroup(adultFrom: adultFrom, at: now))
    }

    /// What finds whether a player belongs to the community of that game, to be read by ``community(of:in:at:)``; `nil`
    /// where there can be no such game.
    public func communityLookup(of gameID: String, for player: UniqueID) -> Lookup? {
        GameID(parsing: gameID).map { directory.adultFromLookup(player, playing: $0) }
    }

    /// The community of that game that the player who was found belongs to; `nil` where none was.
    public func community(of gameID: String, in player: Document?, at now: Timestamp) -> Community? {
        PlayerDirectory.adultFrom(in: player).map {
            Community(gameID: gameID, ageGroup: AgeGroup(adultFrom: $0, at: now))
        }
    }

    /// All communities that a player belongs to, in the order of their games' ids.
    public func communities(of player: UniqueID, at now: Timestamp) throws(MongoError) -> [Community] {
        guard let found = try directory.games(of: player) else { return [] }
        let ageGroup = AgeGroup(adultFrom: found.adultFrom, at: now)
        return found.games.map { Community(gameID: $0, ageGroup: ageGroup) }
    }

    /// The members who do not hide, in the order of their ids behind `after`, with the names that they show.
    public func members(
        of community: Community, after: UniqueID?, limit: Int, at now: Timestamp
    ) throws(MongoError) -> [(id: UniqueID, displayName: String)] {
        guard let game = GameID(parsing: community.gameID) else { return [] }
        let found = try directory.playing(
            game, areAdults: community.ageGroup == .adults, at: now, after: after, limit: limit)
        return found.map { ($0.accountID, $0.displayName ?? "") }
    }

    /// How many members do not hide; counts to ``mostCounted``.
    public func memberCount(of community: Community, at now: Timestamp) throws(MongoError) -> Int {
        guard let game = GameID(parsing: community.gameID) else { return 0 }
        return try directory.count(
            game, areAdults: community.ageGroup == .adults, at: now, limit: Self.mostCounted)
    }

    /// The games' names; a game that the catalogue no longer has goes by its id.
    public func gameNames(_ gameIDs: [String]) throws(MongoError) -> [String: String] {
        let names = Dictionary(gameIDs.map { ($0, $0) }, uniquingKeysWith: { first, _ in first })
        return names.merging(try directory.catalogue.names(gameIDs.compactMap(GameID.init))) { $1 }
    }
}
