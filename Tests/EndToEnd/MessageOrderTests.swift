import Foundation
import JSON
import Synchronization
import Testing

extension MessagesEndToEnd {
    @Suite struct MessageOrderTests {
        private static let each = 25

        /// Sends until the message is taken, as a program does whose answers may be lost.
        private static func insist(_ body: String, from sender: Person, to game: String) -> Answer? {
            let id = UUID().uuidString
            for _ in 0..<200 {
                if let answer = try? sender.say(body, community: game, id: id), [200, 201].contains(answer.status) {
                    return answer
                }
                usleep(50_000)
            }
            return nil
        }

        @Test func `who polls while eight write sees every message once and in order`() throws {
            let installation = try Installation.here
            let people = try (0..<9).map { _ in try Player.join(at: installation, game: "go") }
            let first = try #require(Self.insist("first", from: people[0], to: "go"))
            let id = try #require(first.json["conversationId"].string)
            let start = try #require(first.json["seq"].integer)
            let isOver = Mutex(false)
            let results = Parallel.run(9) { index -> [Int64] in
                if index == 8 { return Self.poll(people[8], id, from: start) { isOver.withLock { $0 } } }
                let numbers = (0..<Self.each).compactMap { count in
                    Self.insist("\(index):\(count)", from: people[index], to: "go")?.json["seq"].integer
                }
                if index == 0 { Self.await(people[0], id, count: start + Int64(8 * Self.each)) }
                if index == 0 { isOver.withLock { $0 = true } }
                return numbers
            }
            let polled = try #require(results.first { $0.count == 8 * Self.each })
            #expect(polled == Array(start + 1...start + Int64(8 * Self.each)))
            let written = results.filter { $0.count == Self.each }
            #expect(written.count == 8 && written.allSatisfy { $0 == $0.sorted() })
            #expect(Set(written.flatMap { $0 }) == Set(polled))
        }

        /// Waits until the others have sent theirs.
        private static func await(_ person: Person, _ id: String, count: Int64) {
            _ = Patience.until {
                (try? person.history(id, "?limit=1").last?["seq"].integer ?? 0 >= count) ?? false
            }
        }

        /// All numbers behind `start`, in the order in which they came, until `isOver` and nothing new.
        private static func poll(
            _ person: Person, _ id: String, from start: Int64, until isOver: () -> Bool
        ) -> [Int64] {
            var seen: [Int64] = []
            while true {
                let wasOver = isOver()
                guard let page = try? person.history(id, "?limit=7&after=\(seen.last ?? start)") else { continue }
                seen += page.compactMap { $0["seq"].integer }
                if wasOver, page.isEmpty { return seen }
            }
        }

        @Test func `pages to the beginning while others write lose and double nothing`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            let sent = try (1...30).map { try ada.say("Number \($0)", to: bob) }
            let id = try #require(sent[0].json["conversationId"].string)
            let pages = Parallel.run(2) { index -> [Int64] in
                guard index == 0 else {
                    for _ in 31...50 { _ = try? bob.say("More", to: ada) }
                    return []
                }
                var seen: [Int64] = []
                while let page = try? ada.history(id, "?limit=3" + (seen.first.map { "&before=\($0)" } ?? "")),
                    !page.isEmpty
                {
                    seen = page.compactMap { $0["seq"].integer } + seen
                }
                return seen
            }
            let seen = try #require(pages.first { !$0.isEmpty })
            #expect(seen == Array(1...(seen.last ?? 0)) && seen.count >= 30)
            #expect(try ada.history(id, "?limit=100").count == 50)
        }

        @Test func `unread is what a model counts, whatever is sent, read, deleted and hidden`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            let first = try ada.say("0", to: bob)
            let id = try #require(first.json["conversationId"].string)
            var model = UnreadModel(reader: bob.login)
            model.sent(by: ada.login)
            var random = SystemRandomNumberGenerator()
            for step in 0..<120 {
                let seq = Int64.random(in: 1...model.last, using: &random)
                switch Int.random(in: 0..<6, using: &random) {
                case 0, 1:
                    #expect(try ada.say("\(step)", to: bob).status == 201)
                    model.sent(by: ada.login)
                case 2:
                    #expect(try bob.say("\(step)", to: ada).status == 201)
                    model.sent(by: bob.login)
                case 3:
                    let answer = try bob.messages("POST", "/\(id)/read", ["seq": .integer(seq)])
                    model.readUpTo = max(model.readUpTo, seq)
                    #expect(answer.json == ["readUpTo": .integer(model.readUpTo), "unread": .integer(model.unread)])
                case 4:
                    #expect(try ada.messages("DELETE", "/\(id)/\(seq)").status == 204)
                    if model.senders[Int(seq) - 1] == ada.login { model.gone.insert(seq) }
                default:
                    #expect(try bob.messages("DELETE", "/\(id)/\(seq)").status == 204)
                    model.gone.insert(seq)
                }
                guard step % 4 == 0 else { continue }
                #expect(try bob.conversation(id)["unread"] == .integer(model.unread), "step \(step): \(model)")
            }
        }
    }
}

/// What somebody has not read of a conversation.
private struct UnreadModel {
    let reader: String
    var senders: [String] = []
    var gone: Set<Int64> = []
    var readUpTo: Int64 = 0

    var last: Int64 { Int64(senders.count) }

    var unread: Int64 {
        Int64((1...last).filter { $0 > readUpTo && senders[Int($0) - 1] != reader && !gone.contains($0) }.count)
    }

    mutating func sent(by login: String) {
        senders.append(login)
    }

    init(reader: String) {
        self.reader = reader
    }
}
