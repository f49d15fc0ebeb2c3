public import JSON
public import PlayersDomain
public import PlayersStore

extension LibraryEntry {
    /// The game in its owner's library; a game that the catalogue no longer has goes by its id.
    public func json(_ game: Game?) -> JSONValue {
        var object = shown(game)
        if let rankName { object.append("rankName", .string(rankName)) }
        object.append(
            "statistics", .object(JSONObject(statistics.map { ($0.name, Self.number($0.value)) })))
        return .object(object)
    }

    /// The game as others see it.
    public func publicJSON(_ game: Game?) -> JSONValue {
        .object(shown(game))
    }

    private func shown(_ game: Game?) -> JSONObject {
        JSONObject([
            ("gameId", .string(gameID.text)), ("name", .string(game?.name ?? gameID.text)),
            ("level", .string(level.rawValue)), ("rank", rank.map { .integer(Int64($0)) } ?? .null),
            ("weight", .integer(Int64(weight.rawValue))), ("hoursPlayed", .integer(Int64(hoursPlayed))),
        ])
    }

    private static func number(_ value: Double) -> JSONValue {
        Int64(exactly: value).map(JSONValue.integer) ?? .number(value)
    }
}
