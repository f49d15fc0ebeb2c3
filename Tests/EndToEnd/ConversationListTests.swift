import JSON
import Testing

extension MessagesEndToEnd {
    @Suite struct ConversationListTests {
        /// So many that the list is not counted conversation by conversation.
        private static let games = [
            "age-of-mythology-retold", "among-us", "baldurs-gate-3", "battlefield-2042", "civilization-vi",
            "clash-royale",
            "deep-rock-galactic", "diablo-iv", "dont-starve-together", "elden-ring", "escape-from-tarkov", "eve-online",
            "f1-24", "factorio",
        ]
        /// So many exceptions that it is.
        private static let many = 120

        @Test func `a long list counts what each history shows, however much in it does not count`() throws {
            let installation = try Installation.here
            let (ada, bob) = (try Player.join(at: installation), try Player.join(at: installation))
            for person in [ada, bob] {
                for game in Self.games {
                    #expect(try person.browse("PUT", "/library/" + game, ["level": "expert"]).status < 300)
                }
            }
            let ids = try Self.games.map { try Self.talk(ada, bob, $0) }
            try expectUnread(bob, ids)
            try #require(ids.count > 6)
            for index in 0..<6 {
                #expect(try bob.messages("POST", "/\(ids[index])/read", ["seq": .integer(Int64(index))]).status == 200)
                let last = try #require(try bob.history(ids[index], "?limit=1").first?["seq"].integer)
                #expect(try bob.messages("DELETE", "/\(ids[index])/\(last - Int64(index % 2))").status == 204)
            }
            try expectUnread(bob, ids)
            for number in 0..<Self.many { #expect(try bob.say("\(number)", community: Self.games[0]).status == 201) }
            try expectUnread(bob, ids)
            let said = try (0..<Self.many).map { try ada.say("\($0)", community: Self.games[1]).json["seq"].integer }
            for seq in said.compactMap(\.self) where seq % 7 > 0 {
                #expect(try bob.messages("DELETE", "/\(ids[1])/\(seq)").status == 204)
            }
            try expectUnread(bob, ids)
            for seq in said.compactMap(\.self) {
                #expect(try ada.messages("DELETE", "/\(ids[1])/\(seq)").status == 204)
            }
            try expectUnread(bob, ids)
            try expectUnread(ada, ids)
        }

        /// Two say something by turns, and one takes something back; gives the conversation.
        private static func talk(_ ada: Person, _ bob: Person, _ game: String) throws -> String {
            let first = try ada.say("first", community: game)
            let own = try bob.say("second", community: game)
            for body in ["third", "fourth"] { _ = try ada.say(body, community: game) }
            let id = try #require(first.json["conversationId"].string)
            let seq = try #require(own.json["seq"].integer)
            #expect(try ada.messages("DELETE", "/\(id)/\(seq + 1)").status == 204)
            return id
        }

        /// Compares the list with what the histories show, all of which are short enough to be counted.
        private func expectUnread(_ reader: Person, _ ids: [String]) throws {
            let list = try reader.messages("GET", "?limit=100").json["conversations"].elements
            for id in ids {
                let shown = try #require(list.first { $0["conversationId"].string == id })
                let readUpTo = try #require(shown["readUpTo"].integer)
                var history: [JSONValue] = []
                while case let page = try reader.history(id, "?limit=100&after=\(history.last?["seq"].integer ?? 0)"),
                    !page.isEmpty
                { history += page }
                let unread = history.filter {
                    ($0["seq"].integer ?? 0) > readUpTo && $0["from"].string != reader.login && $0["deleted"] == .null
                }
                #expect(shown["unread"] == .integer(Int64(unread.count)), "\(id)")
                #expect(shown["lastMessage"] == history.last)
            }
        }
    }
}
