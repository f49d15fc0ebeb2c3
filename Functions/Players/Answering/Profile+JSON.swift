public import JSON
import PlayersDomain
public import PlayersStore

extension Profile {
    /// The profile as its owner sees it; what is not filled in is left out.
    public var json: JSONObject {
        var object = JSONObject([
            ("displayName", .string(displayName)), ("bio", .string(bio)),
            ("birthDate", .string(birthDate.description)),
        ])
        if !languages.isEmpty { object.append("languages", .array(languages.map(JSONValue.string))) }
        if let region { object.append("region", .string(region.rawValue)) }
        object.append("timeZone", .string(timeZone))
        if let playStyle { object.append("playStyle", .string(playStyle.rawValue)) }
        if let voiceChat { object.append("voiceChat", .string(voiceChat.rawValue)) }
        object.append("availability", .array(availability.map(\.json)))
        object.append("visibility", .string(isHidden ? "hidden" : "public"))
        object.append("links", linksJSON)
        return object
    }

    /// The handles elsewhere.
    var linksJSON: JSONValue {
        .object(
            JSONObject(
                Handle.allCases.compactMap { handle in links[handle].map { (handle.rawValue, .string($0)) } }))
    }
}

extension LocalWindow {
    fileprivate var json: JSONValue {
        ["day": .string(day.rawValue), "from": .string(fromText), "to": .string(toText)]
    }
}
