import PlayersDomain
import Testing

@Suite struct ScoreTests {
    private static func pairs(_ count: Int, seed: UInt64) -> [(RandomProfile, RandomProfile)] {
        var numbers = SeededNumbers(seed)
        return (0..<count).map { _ in (RandomProfile(using: &numbers), RandomProfile(using: &numbers)) }
    }

    @Test func `ten thousand pairs score exactly as an independent program scores them`() throws {
        let pairs = Self.pairs(10_000, seed: 1)
        let expected = try PythonScript.run("score.py", pairs.map { "[\($0.json),\($1.json)]" })
        let own = pairs.map { one, other in
            let score = Score(one.scored, other.scored)
            return "\(score.games) \(score.skill) \(score.availability) \(score.preferences) \(score.overlap)"
        }
        #expect(own.filter { $0.hasPrefix("0 0") }.count < 5000)
        #expect(own == expected)
    }

    @Test func `both sides see the same score, within its bounds`() {
        for (one, other) in Self.pairs(2000, seed: 2) {
            let score = Score(one.scored, other.scored)
            #expect(score == Score(other.scored, one.scored))
            #expect((0...10_000).contains(score.total))
        }
    }

    @Test func `a complete profile fits its own twin wholly`() {
        for (profile, _) in Self.pairs(500, seed: 3) {
            var profile = profile
            if profile.games.isEmpty || profile.hours.isEmpty { continue }
            profile.preferences = Preferences(
                languages: ["fr"], region: .asia, playStyle: .casual, voiceChat: .required)
            #expect(Score(profile.scored, profile.scored).points == 100)
        }
    }

    @Test func `a shared new game never lowers the games part, one side's alone never raises the total`() {
        var numbers = SeededNumbers(4)
        for (one, other) in Self.pairs(2000, seed: 5) {
            let before = Score(one.scored, other.scored)
            var (mine, others) = (one, other)
            mine.games.append(.init(id: "new", using: &numbers))
            #expect(Score(mine.scored, other.scored).total <= before.total)
            others.games.append(.init(id: "new", using: &numbers))
            #expect(Score(mine.scored, others.scored).games >= before.games)
        }
    }

    @Test func `the same half hour added to both never lowers the total`() {
        for (one, other) in Self.pairs(2000, seed: 6) {
            let before = Score(one.scored, other.scored)
            var (mine, others) = (one, other)
            mine.hours.insert(40)
            others.hours.insert(40)
            #expect(Score(mine.scored, others.scored).total >= before.total)
        }
    }

    @Test func `a rank one step nearer never lowers the total`() {
        for rank in 0..<100 {
            for other in [0, 37, 74, 75, 100] {
                let nearer = rank < other ? rank + 1 : rank > other ? rank - 1 : rank
                #expect(total(nearer, other) >= total(rank, other))
            }
        }
    }

    @Test func `what is left blank earns nothing`() {
        let blank = ScoredProfile(games: [])
        #expect(Score(blank, blank).total == 0)
    }

    private func total(_ one: Int, _ other: Int) -> Int {
        Score(
            ScoredProfile(games: [PlayedGame(gameID: "chess", level: .beginner, rank: one)]),
            ScoredProfile(games: [PlayedGame(gameID: "chess", level: .expert, rank: other)])
        ).total
    }
}
