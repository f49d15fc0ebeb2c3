import Foundation
import Glibc
import JSON
import Testing

extension FaultsEndToEnd {
    @Suite struct KilledSendTests {
        /// Each sender has a teammate of his own and keeps within the burst.
        @Test(arguments: [("send-message", 4), ("mongod", 1)])
        func `what is killed while people write loses and doubles no message that was taken`(
            program: String, times: Int
        ) throws {
            let installation = try Installation.here
            let pairs = try (0..<3).map { _ in try Player.teammates(at: installation) }
            let taken = Parallel.run(4) { index -> [[String]] in
                guard index < 3 else {
                    for _ in 0..<times {
                        usleep(60_000)
                        for process in installation.processes(program) { kill(process, SIGKILL) }
                    }
                    return []
                }
                return (0..<10).map { Self.insist("\($0)", pairs[index].0, to: pairs[index].1) }
            }
            #expect(taken.map(\.count).sorted() == [0, 10, 10, 10])
            #expect(Patience.until { (try? pairs[0].0.messages("GET"))?.status == 200 })
            for (ada, bob) in pairs {
                let list = try bob.messages("GET").json["conversations"].elements
                let id = try #require(list.first?["conversationId"].string)
                let history = try bob.history(id, "?limit=100")
                let ids = history.compactMap { $0["messageId"].string }
                #expect(history.map { $0["body"] } == (0..<10).map { .string("\($0)") }, "\(ada.login)")
                #expect(history.compactMap { $0["seq"].integer } == Array(1...10))
                #expect(
                    taken.contains { $0.count == 10 && $0.allSatisfy { Set($0).count == 1 && ids.contains($0[0]) } })
            }
        }

        /// Sends one message until it is taken, then once more; gives the ids that it was answered with.
        private static func insist(_ body: String, _ ada: Person, to bob: Person) -> [String] {
            let id = UUID().uuidString
            var ids: [String] = []
            for _ in 0..<1200 where ids.count < 2 {
                if let answer = try? ada.say(body, to: bob, id: id), [200, 201].contains(answer.status) {
                    ids += [answer.json["messageId"].string ?? ""]
                } else {
                    usleep(50_000)
                }
            }
            return ids
        }
    }
}
