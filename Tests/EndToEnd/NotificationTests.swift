import Foundation
import JSON
import Testing

extension MessagesEndToEnd {
    @Suite struct NotificationTests {
        private func list(_ person: Person, _ query: String = "") throws -> JSONValue {
            let answer = try person.messages("GET", "/notifications" + query)
            try #require(answer.status == 200, "\(answer)")
            return answer.json
        }

        private func types(_ person: Person) throws -> [String] {
            try list(person)["notifications"].elements.compactMap { $0["type"].string }
        }

        @Test func `requests and their acceptance are told, counted, and read up to one of them`() throws {
            let installation = try Installation.here
            let (ada, bob) = (try Player.join(at: installation), try Player.join(at: installation))
            let sent = try ada.match("POST", "/requests", ["to": .string(bob.login)])
            #expect(try ada.match("POST", "/requests", ["to": .string(bob.login)]).status == 200)
            let told = try list(bob)
            #expect(told["unread"] == 1 && told["next"] == .null)
            let request = try #require(told["notifications"].elements.first)
            #expect(request.names == ["notificationId", "type", "at", "data", "read"])
            #expect(request["type"] == "match-request" && request["read"] == false)
            #expect(request["data"] == ["requestId": sent.json["requestId"], "from": .string(ada.login)])
            let path = "/requests/" + (try #require(sent.json["requestId"].string)) + "/accept"
            for _ in 0..<2 { #expect(try bob.match("POST", path).status == 200) }
            let accepted = try list(ada)["notifications"].elements
            #expect(accepted.map { $0["type"] } == ["match-accepted"])
            #expect(accepted.first?["data"]["from"] == .string(bob.login))
            let last = request["notificationId"]
            #expect(try ada.messages("POST", "/notifications/read", ["upTo": last]).status == 404)
            for content: JSONValue in [[:], ["upTo": "x"], ["upTo": 1], ["upTo": last, "more": 1]] {
                #expect(try bob.messages("POST", "/notifications/read", content).status == 400)
            }
            for _ in 0..<2 {
                #expect(try bob.messages("POST", "/notifications/read", ["upTo": last]).json == ["unread": 0])
            }
            #expect(try list(bob)["notifications"].elements.map { $0["read"] } == [true])
        }

        @Test func `however often a request is taken back and made again, it is told once until that is read`() throws {
            let installation = try Installation.here
            let (ada, bob) = (try Player.join(at: installation), try Player.join(at: installation))
            let eve = try Player.join(at: installation)
            func ask(_ person: Person) throws -> JSONValue {
                try person.match("POST", "/requests", ["to": .string(bob.login)]).json["requestId"]
            }
            var last: JSONValue = .null
            for _ in 0..<5 {
                last = try ask(ada)
                #expect(try ada.match("DELETE", "/requests/" + #require(last.string)).status == 204)
            }
            last = try ask(ada)
            let told = try list(bob)
            #expect(told["unread"] == 1 && told["notifications"].elements.map { $0["data"]["requestId"] } == [last])
            _ = try ask(eve)
            #expect(try list(bob)["unread"] == 2)
            let newest = try list(bob)["notifications"].elements[0]["notificationId"]
            #expect(try bob.messages("POST", "/notifications/read", ["upTo": newest]).json == ["unread": 0])
            #expect(try ada.match("DELETE", "/requests/" + #require(last.string)).status == 204)
            last = try ask(ada)
            let again = try list(bob)
            #expect(again["unread"] == 1 && again["notifications"].elements[0]["data"]["requestId"] == last)
        }

        @Test func `unread messages of a conversation are one notification until they are read`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            var id: JSONValue = .null
            for _ in 1...5 { id = try ada.say("Hello", to: bob).json["conversationId"] }
            func told() throws -> [JSONValue] {
                try list(bob)["notifications"].elements.filter { $0["type"] == "message" }
            }
            let isTold = try Patience.until { try told().first?["data"]["seq"] == 5 }
            #expect(isTold)
            let one = try told()
            #expect(one.count == 1 && one[0]["read"] == false)
            #expect(one[0]["data"] == ["conversationId": id, "from": .string(ada.login), "seq": 5])
            let path = "/" + (try #require(id.string)) + "/read"
            #expect(try bob.messages("POST", path, ["seq": 5]).status == 200)
            #expect(try told().first?["read"] == true)
            #expect(try ada.say("Again", to: bob).status == 201)
            let isNew = try Patience.until { try told().count == 2 }
            #expect(isNew)
            #expect(try told().map { $0["read"] } == [false, true])
        }

        @Test func `a login from a device that was not known is told, the first one and known devices are not`() throws
        {
            let installation = try Installation.here
            var ada = try Person.register(at: installation)
            try ada.logIn()
            #expect(try types(ada) == [])
            let known = try ada.attempt(totp: ada.authenticator.nextCode(), device: ada.deviceToken)
            #expect(known.status == 200)
            #expect(try types(ada) == [])
            try ada.logIn()
            #expect(try types(ada) == ["new-device"])
            let told = try list(ada)["notifications"].elements[0]
            let sessions = try ada.account().json["sessions"].elements
            #expect(sessions.contains { $0["sid"] == told["data"]["sid"] && $0["current"] == true })
        }

        @Test func `the list is paged, waits for news, is the owner's alone, and is exported and erased`() throws {
            let installation = try Installation.here
            let ada = try Player.join(at: installation)
            let others = try (0..<3).map { _ in try Player.join(at: installation) }
            let waiting = Parallel.run(2) { index -> Answer? in
                if index == 0 { return try? ada.messages("GET", "/notifications?wait=25") }
                let isHeld = Patience.until {
                    (try? ada.client.send("GET", "/metrics").text.contains("passerelle_held_calls 0\n")) == false
                }
                return isHeld ? try? others[0].match("POST", "/requests", ["to": .string(ada.login)]) : nil
            }
            #expect(waiting.contains { $0?.json["unread"] == 1 })
            for other in others.dropFirst() {
                #expect(try other.match("POST", "/requests", ["to": .string(ada.login)]).status == 201)
            }
            var (seen, cursor): ([JSONValue], String?) = ([], nil)
            repeat {
                let page = try list(ada, "?limit=2" + (cursor.map { "&after=" + $0 } ?? ""))
                #expect(page["unread"] == 3)
                seen += page["notifications"].elements
                cursor = page["next"].string
                if let cursor { #expect(try others[0].messages("GET", "/notifications?after=" + cursor).status == 400) }
            } while cursor != nil
            let senders = seen.compactMap { $0["data"]["from"].string }
            #expect(senders == others.reversed().map(\.login))
            let export = try ada.client.send("GET", "/function/manage-account/export", ada.bearer)
            #expect(export.json["notifications"].elements.count == 3)
            var authenticator = ada.authenticator
            let proof: JSONValue = [
                "password": .string(ada.password), "totp": .string(try authenticator.nextCode()),
            ]
            let stream = try EventReader(ada)
            #expect(try ada.client.post("/function/manage-account/erase", proof, ada.bearer).status == 204)
            stream.expectEnd()
            let left = try installation.store.find("notifications", ["account": Stored.id(ada.accountID)])
            #expect(left.isEmpty)
        }
    }
}
