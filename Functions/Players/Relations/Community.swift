import PlayersDomain
import Primitives

/// All of an age group who have a game in their library.
public struct Community: Hashable, Sendable {
    /// The game.
    public let gameID: String
    /// The age group.
    public let ageGroup: AgeGroup

    /// Takes both as they are.
    public init(gameID: String, ageGroup: AgeGroup) {
        self.gameID = gameID
        self.ageGroup = ageGroup
    }

    /// Whether `text` has the form of a game's id.
    public static func isGameID(_ text: String) -> Bool {
        GameID(parsing: text) != nil
    }
}

/// Minors and adults are kept apart.
public enum AgeGroup: String, Hashable, Sendable {
    /// Not yet of age.
    case minors
    /// Of age.
    case adults

    init(adultFrom: Timestamp, at now: Timestamp) {
        self = adultFrom <= now ? .adults : .minors
    }
}
