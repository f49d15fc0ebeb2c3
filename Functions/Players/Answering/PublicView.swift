public import AccountsAccess
public import JSON
public import PlayersDomain
public import PlayersStore
import Primitives

/// A player as another may see him.
public struct PublicView {
    /// The view as JSON.
    public let json: JSONValue

    /// Shows `profile` and `library` of an account, with handles elsewhere to teammates alone; `games` gives the names
    /// of what is played, `publicURL` is what links begin with.
    public init(
        _ account: Person, _ profile: Profile, _ library: [LibraryEntry], _ games: [Game], isTeammate: Bool,
        publicURL: String
    ) {
        let named = Dictionary(games.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let hours = library.reduce(0) { $0 + Int64($1.hoursPlayed) }
        var view = JSONObject([
            ("login", .string(account.login)), ("displayName", .string(profile.displayName)),
            ("bio", .string(profile.bio)), ("languages", .array(profile.languages.map(JSONValue.string))),
            ("region", Self.text(profile.region?.rawValue)), ("playStyle", Self.text(profile.playStyle?.rawValue)),
            ("voiceChat", Self.text(profile.voiceChat?.rawValue)),
            ("avatarUrl", .string(Self.avatarURL(of: account, publicURL))),
            ("games", .array(library.map { $0.publicJSON(named[$0.gameID]) })),
            (
                "statistics",
                [
                    "games": .integer(Int64(library.count)), "hoursPlayed": .integer(hours),
                    "memberSince": .string(account.createdAt.description),
                ]
            ),
        ])
        if isTeammate { view.append("links", profile.linksJSON) }
        json = .object(view)
    }

    /// Where an account's picture is; a login needs no percent-encoding in a path.
    public static func avatarURL(of account: Person, _ publicURL: String) -> String {
        publicURL + "/function/edit-profile/" + account.login + "/avatar"
    }

    private static func text(_ value: String?) -> JSONValue {
        value.map(JSONValue.string) ?? .null
    }
}
