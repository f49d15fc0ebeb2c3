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
    }
}
