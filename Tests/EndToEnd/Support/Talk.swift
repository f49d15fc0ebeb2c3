import Foundation
import JSON
import Testing

extension Player {
    /// Two new players who play together.
    static func teammates(at installation: Installation) throws -> (Person, Person) {
        let (one, other) = (try join(at: installation), try join(at: installation))
        try befriend(one, other)
        return (one, other)
    }

    /// Makes two players teammates.
    static func befriend(_ one: Person, _ other: Person) throws {
        let sent = try one.match("POST", "/requests", ["to": .string(other.login)])
        let path = "/requests/" + (try #require(sent.json["requestId"].string)) + "/accept"
        try #require(try other.match("POST", path).status == 200)
    }
}

extension Person {
    /// Sends a message to another person.
    func say(_ body: String, to other: Person, id: String = UUID().uuidString) throws -> Answer {
        try send(["to": .string(other.login), "body": .string(body), "clientMessageId": .string(id)])
    }

    /// Sends a message to a community.
    func say(_ body: String, community game: String, id: String = UUID().uuidString) throws -> Answer {
        try send(["community": .string(game), "body": .string(body), "clientMessageId": .string(id)])
    }

    /// Calls `send-message`.
    func send(_ content: JSONValue) throws -> Answer {
        try client.post("/function/send-message", content, bearer)
    }

    /// Calls `read-messages`.
    func messages(_ method: String, _ path: String = "", _ content: JSONValue? = nil) throws -> Answer {
        let fields = content == nil ? bearer : bearer.merging(["Content-Type": "application/json"]) { $1 }
        return try client.send(method, "/function/read-messages" + path, fields, body: content?.text)
    }

    /// The person's conversation of that id, as the list shows it.
    func conversation(_ id: String) throws -> JSONValue {
        let list = try messages("GET", "?limit=100")
        try #require(list.status == 200, "\(list)")
        return try #require(list.json["conversations"].elements.first { $0["conversationId"].string == id })
    }

    /// A part of a conversation.
    func history(_ id: String, _ query: String = "") throws -> [JSONValue] {
        let page = try messages("GET", "/" + id + query)
        try #require(page.status == 200, "\(page)")
        return page.json["messages"].elements
    }
}
