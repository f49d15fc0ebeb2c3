import Foundation
import JSON
import Testing

extension AccountsEndToEnd {
    @Suite struct MessageRateTests {
        @Test func `ten messages may follow on each other, then one a second; a repeat is none`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            let id = UUID().uuidString
            var answers = [try ada.say("First", to: bob, id: id)]
            while answers.count < 60, answers.last?.status != 429 { answers.append(try ada.say("Hello", to: bob)) }
            let refused = try #require(answers.last)
            #expect(answers.count > 10 && answers.dropLast().allSatisfy { $0.status == 201 })
            #expect(refused.slug == "rate-limited" && refused["retry-after"] == "1")
            #expect(try ada.say("First", to: bob, id: id).json == answers[0].json)
            #expect(try bob.say("Hello", to: ada).status == 201)
            #expect(Patience.until { (try? ada.say("Hello again", to: bob))?.status == 201 })
        }

        @Test func `no number of repeats beside them lets more messages through`() throws {
            let (ada, bob) = try Player.teammates(at: Installation.here)
            _ = try ada.say("First", to: bob)
            let start = ContinuousClock.now
            var taken = 0
            for _ in 0..<12 {
                let ids = (0..<4).map { _ in UUID().uuidString }
                let answers = Parallel.run(24) { try? ada.say("Hello", to: bob, id: ids[$0 / 6]) }
                taken += answers.count { $0?.status == 201 }
            }
            #expect(taken <= 10 + Int((ContinuousClock.now - start) / .seconds(1)) + 1)
        }
    }
}
