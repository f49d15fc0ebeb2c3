import PlayersDomain
import Primitives
import Testing

@Suite struct BirthDateTests {
    /// 2026-02-02.
    private let now = Timestamp(milliseconds: 1_770_000_000_000)

    @Test(arguments: [
        ("2008-02-02", "2026-02-02"), ("2008-02-29", "2026-03-01"), ("2000-12-31", "2018-12-31"),
        ("1982-02-28", "2000-02-28"), ("1900-01-01", "1918-01-01"),
    ])
    func `who was born then is of age from that day on, in UTC`(birth: String, adult: String) throws {
        let date = try #require(BirthDate(parsing: birth, at: now))
        #expect(date.description == birth)
        #expect(date.adultFrom.description == adult + "T00:00:00.000Z")
    }

    @Test(arguments: [
        "2026-02-03", "1899-12-31", "2001-02-29", "2000-13-01", "2000-00-10", "2000-01-32", "2000-1-01", "", "20000101",
        "2000-04-31", "２０００-01-01", "2000-01-01 ",
    ])
    func `what is no day of a life is refused`(text: String) {
        #expect(BirthDate(parsing: text, at: now) == nil)
    }

    @Test func `five changes are free in a day, the sixth waits for the first to be a day old`() {
        let edits = (0..<5).map { now.adding(.seconds($0 * 60)) }
        #expect(EditBrake.wait(after: Array(edits.dropLast()), at: now.adding(.seconds(600))) == nil)
        let wait: Int64 = 85_800
        #expect(EditBrake.wait(after: edits, at: now.adding(.seconds(600))) == wait)
        #expect(EditBrake.wait(after: edits, at: now.adding(.seconds(86_400))) == nil)
        #expect(EditBrake.counted(edits, at: now.adding(.seconds(86_400))).count == 4)
    }

    @Test func `candidates stand by total, then by shared time, then by account`() throws {
        func candidate(_ id: UInt8, _ game: Bool, _ hours: Int) throws -> Candidate {
            let one = ScoredProfile(
                games: game ? [PlayedGame(gameID: "go", level: .expert)] : [], hours: WeekHours(0..<hours))
            let id = try #require(UniqueID(bytes: [UInt8](repeating: id, count: 16)))
            return Candidate(accountID: id, score: Score(one, one))
        }
        let expected = try [
            candidate(9, true, 40), candidate(3, true, 30), candidate(4, true, 30), candidate(1, false, 50),
        ]
        #expect(expected.reversed().sorted() == expected)
    }
}
