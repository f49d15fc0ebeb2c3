import Foundation
import JSON
import Testing

/// Somebody with an account, a profile and games.
enum Player {
    /// A profile with everything filled in.
    static let profile = JSONObject([
        ("displayName", "Ada"), ("bio", "Plays in the evening."), ("birthDate", "1990-05-17"),
        ("languages", ["fr", "en"]),
        ("region", "europe"), ("timeZone", "Europe/Paris"), ("playStyle", "casual"), ("voiceChat", "optional"),
        ("availability", [["day": "monday", "from": "20:00", "to": "22:30"]]), ("visibility", "public"),
        ("links", ["discord": "ada.plays"]),
    ])

    /// A new player with the usual profile, changed by `changes`, and one game.
    static func join(
        at installation: Installation, _ changes: [(String, JSONValue)] = [], game: String = "chess"
    ) throws -> Person {
        var person = try Person.register(at: installation)
        try person.logIn()
        let put = try person.edit("PUT", "", profile(changes))
        try #require(put.status == 200, "\(put)")
        let own = try person.browse("PUT", "/library/" + game, ["level": "expert"])
        try #require(own.status == 200, "\(own)")
        return person
    }

    /// The usual profile with some members changed.
    static func profile(_ changes: [(String, JSONValue)]) -> JSONValue {
        let names = Set(changes.map(\.0))
        return .object(
            JSONObject(profile.members.filter { !names.contains($0.name) }.map { ($0.name, $0.value) } + changes))
    }
}

extension Person {
    /// Calls `edit-profile`.
    func edit(
        _ method: String, _ path: String = "", _ content: JSONValue? = nil, type: String = "application/json"
    ) throws -> Answer {
        try call("edit-profile", method, path, content, type)
    }

    /// Sends a picture, or what is said to be one.
    func sendAvatar(_ content: [UInt8], type: String = "image/png") throws -> Answer {
        try client.send(
            "PUT", "/function/edit-profile/avatar", bearer.merging(["Content-Type": type]) { $1 }, body: content)
    }

    /// Calls `browse-games`.
    func browse(_ method: String, _ path: String = "", _ content: JSONValue? = nil) throws -> Answer {
        try call("browse-games", method, path, content, "application/json")
    }

    /// Calls `match`.
    func match(_ method: String, _ path: String = "", _ content: JSONValue? = nil) throws -> Answer {
        try call("match", method, path, content, "application/json")
    }

    private func call(
        _ function: String, _ method: String, _ path: String, _ content: JSONValue?, _ type: String
    ) throws -> Answer {
        let fields = content == nil ? bearer : bearer.merging(["Content-Type": type]) { $1 }
        return try client.send(method, "/function/" + function + path, fields, body: content?.text)
    }
}
